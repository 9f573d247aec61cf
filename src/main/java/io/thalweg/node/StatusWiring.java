package io.thalweg.node;

import io.thalweg.entity.KeyActor;
import io.thalweg.ingest.kafka.KafkaSources;
import io.thalweg.journal.JournalStore;
import io.thalweg.route.Router;
import io.thalweg.status.KeyCounters;
import io.thalweg.status.StatusReporter;
import io.thalweg.status.StatusSources;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.sharding.ClusterSharding;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.pattern.Patterns;

/** Lets a node tell how it is doing. */
final class StatusWiring {
  /** Less than a node that asks waits. */
  private static final Duration SHARDS_PATIENCE = Duration.ofMillis(500);

  private StatusWiring() {}

  static void start(
      ActorSystem<?> system,
      NodeSettings settings,
      InetSocketAddress grpc,
      Router router,
      KeyCounters keys,
      JournalStore journal,
      KafkaSources kafka) {
    ActorRef region =
        ClusterSharding.get(system.classicSystem()).shardRegion(KeyActor.TYPE_KEY.name());
    StatusReporter.start(
        system,
        new StatusSources(
            reachable(settings, grpc).toString(),
            router.counters(),
            keys,
            journal::status,
            kafka::status,
            () -> shards(region),
            System::nanoTime));
  }

  private static CompletionStage<ShardRegion.ShardRegionStats> shards(ActorRef region) {
    return Patterns.ask(region, ShardRegion.getRegionStatsInstance(), SHARDS_PATIENCE)
        .thenApply(ShardRegion.ShardRegionStats.class::cast);
  }

  /** A node that listens everywhere is reached where the other nodes reach it. */
  private static HostAndPort reachable(NodeSettings settings, InetSocketAddress grpc) {
    boolean everywhere = grpc.getAddress() != null && grpc.getAddress().isAnyLocalAddress();
    return new HostAndPort(
        everywhere ? settings.cluster().host() : settings.grpc().host(), grpc.getPort());
  }
}
