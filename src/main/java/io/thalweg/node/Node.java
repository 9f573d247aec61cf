package io.thalweg.node;

import com.typesafe.config.Config;
import io.thalweg.domain.key.Shards;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.StreamKey;
import io.thalweg.entity.ActiveKeys;
import io.thalweg.entity.KeyAccess;
import io.thalweg.entity.KeyActor;
import io.thalweg.entity.Keys;
import io.thalweg.entity.Quarantine;
import io.thalweg.ingest.IngestService;
import io.thalweg.ingest.kafka.KafkaSources;
import io.thalweg.journal.JournalStore;
import io.thalweg.journal.StoreStartException;
import io.thalweg.results.BacktestService;
import io.thalweg.results.QueryService;
import io.thalweg.results.StreamService;
import io.thalweg.results.Watchers;
import io.thalweg.route.HostedShards;
import io.thalweg.route.Router;
import io.thalweg.status.KeyCounters;
import io.thalweg.status.StatusService;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.typed.ClusterSingleton;
import org.apache.pekko.cluster.typed.SingletonActor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running node: actor system, journal, key shards and gRPC server.
 *
 * <p>It starts from the journal outwards and stops from the edge inwards, by Pekko's coordinated
 * shutdown: the edge drains, the keys leave memory, the journal closes.
 */
public final class Node implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);
  private static final Duration START_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration AVAILABILITY_EVERY = Duration.ofSeconds(1);

  private final ActorSystem<Void> system;
  private final GrpcServer server;

  private final Membership membership;
  private final Optional<HostAndPort> management;

  private Node(
      ActorSystem<Void> system,
      GrpcServer server,
      Membership membership,
      Optional<HostAndPort> management) {
    this.system = system;
    this.server = server;
    this.membership = membership;
    this.management = management;
  }

  /**
   * Starts a node and returns when it takes samples.
   *
   * @param config the effective configuration; a gRPC port of 0 takes any free one
   * @throws NodeStartException if a port or the data folder is in use, or the configuration is
   *     wrong
   */
  public static Node start(Config config) throws NodeStartException {
    NodeSettings settings = NodeSettings.from(config);
    Membership.requireResolvable(settings.cluster());
    ActorSystem<Void> system = createSystem(config, settings);
    try {
      return start(system, settings);
    } catch (NodeStartException | RuntimeException failure) {
      Stopping.now(system);
      throw failure;
    }
  }

  private static Node start(ActorSystem<Void> system, NodeSettings settings)
      throws NodeStartException {
    JournalStore journal = openJournal(system);
    Map<String, StreamDefinition> streams = settings.streams();
    Shards shards = new Shards(settings.cluster().shards());
    Watchers watchers = new Watchers(settings.results());
    HostedShards hosted = new HostedShards();
    KeyCounters counters = new KeyCounters(watchers);
    ActiveKeys active = new ActiveKeys(settings.entity(), System::nanoTime);
    ActorRef<ShardingEnvelope<KeyActor.Command>> region =
        KeyActor.init(
            ClusterSharding.get(system),
            new Keys(
                settings.entity(),
                stream -> Objects.requireNonNull(streams.get(stream), stream),
                counters,
                Node::clockNanos,
                shards,
                (shard, life) -> {
                  journal.ownership().hosted(shard, life.path().toSerializationFormat());
                  hosted.hosted(shard, life);
                },
                active,
                new Quarantine()));
    Router router =
        Router.start(system, new KeyAccess(region, active), shards, hosted, settings.route());
    QueryService query =
        new QueryService(system, streams, region, journal.history(), watchers, settings.results());
    GrpcServer server =
        GrpcServer.start(
            settings.grpc(),
            new IngestService(system, router, streams, settings.ingest(), Node::clockNanos),
            query,
            new StreamService(streams),
            new StatusService(system),
            new BacktestService(
                system,
                streams,
                (stream, changes) ->
                    Configuration.changed(system.settings().config(), stream, changes),
                journal.history(),
                settings.backtest()));
    KafkaSources kafka =
        new KafkaSources(
            system, router, settings.kafkaSources(), streams, settings.ingest(), Node::clockNanos);
    StatusWiring.start(system, settings, server.address(), router, counters, journal, kafka);
    Stopping.inOrder(system, server, kafka, router, query);

    // All that can fail for this node alone has not: the others may reckon with it.
    Optional<HostAndPort> management = Management.start(system, settings.management());
    Membership membership = new Membership(system, settings.cluster());
    membership.join();
    membership.await();
    startIdleKeys(system, journal, region);
    awaitKeys(system, region, streams.keySet().iterator().next());
    followAvailability(system, journal, server);
    kafka.start();
    LOG.info("taking samples at {}", server.address());
    return new Node(system, server, membership, management);
  }

  private static void startIdleKeys(
      ActorSystem<Void> system,
      JournalStore journal,
      ActorRef<ShardingEnvelope<KeyActor.Command>> region) {
    var unused =
        ClusterSingleton.get(system)
            .init(
                SingletonActor.of(
                    IdleKeys.create(journal.dueKeys(), region, Node::clockNanos), "idle-keys"));
  }

  /** Where the gRPC server listens. */
  public InetSocketAddress address() {
    return server.address();
  }

  /** Where its management port listens; empty where it has none. */
  Optional<HostAndPort> management() {
    return management;
  }

  /** Why it stops by itself, for people; empty where it does not, or its log alone says why. */
  public Optional<String> whyStopped() {
    return membership.whyStopped();
  }

  /** Completed when the node has stopped, whoever stopped it. */
  public CompletionStage<Void> whenStopped() {
    return system.getWhenTerminated().thenAccept(done -> {});
  }

  /** Takes no more, answers what is in flight, and stops. Returns when all is closed. */
  @Override
  public void close() {
    Stopping.now(system);
  }

  /** Samples are taken while the journal takes them. */
  private static void followAvailability(
      ActorSystem<Void> system, JournalStore journal, GrpcServer server) {
    server.setServing(true);
    system
        .scheduler()
        .scheduleWithFixedDelay(
            AVAILABILITY_EVERY,
            AVAILABILITY_EVERY,
            () -> server.setServing(journal.isWritable()),
            system.executionContext());
    Readiness.of(system).setServing(true);
  }

  private static ActorSystem<Void> createSystem(Config config, NodeSettings settings)
      throws NodeStartException {
    try {
      return ActorSystem.create(Behaviors.empty(), "thalweg", PekkoSettings.over(config, settings));
    } catch (IllegalArgumentException wrong) {
      throw new NodeStartException("the configuration is wrong: " + wrong.getMessage(), wrong);
    } catch (RuntimeException failure) {
      ClusterSettings cluster = settings.cluster();
      throw new NodeStartException(
          "can't listen on %s:%d for the cluster (thalweg.cluster.host and port): %s"
              .formatted(cluster.host(), cluster.port(), RootMessage.of(failure)),
          failure);
    }
  }

  private static JournalStore openJournal(ActorSystem<Void> system) throws NodeStartException {
    try {
      return JournalStore.get(system);
    } catch (StoreStartException failure) {
      throw new NodeStartException(String.valueOf(failure.getMessage()), failure);
    }
  }

  /** Asks a key that no sample can have, so that the shards are placed and the journal answers. */
  private static void awaitKeys(
      ActorSystem<Void> system, ActorRef<ShardingEnvelope<KeyActor.Command>> shards, String stream)
      throws NodeStartException {
    String probe = new StreamKey(stream, "\u0001").entityId();
    CompletionStage<KeyActor.Answer> answer =
        AskPattern.ask(
            shards,
            replyTo -> new ShardingEnvelope<>(probe, new KeyActor.Command.Query(replyTo)),
            START_TIMEOUT,
            system.scheduler());
    try {
      answer.toCompletableFuture().get(START_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new NodeStartException("interrupted while starting", interrupted);
    } catch (ExecutionException | TimeoutException failure) {
      throw new NodeStartException(
          "the keys have not come up within " + START_TIMEOUT.toSeconds() + " s", failure);
    }
  }

  private static long clockNanos() {
    Instant now = Instant.now();
    return Math.addExact(Math.multiplyExact(now.getEpochSecond(), 1_000_000_000L), now.getNano());
  }
}
