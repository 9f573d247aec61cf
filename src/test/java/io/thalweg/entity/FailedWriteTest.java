package io.thalweg.entity;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.Shards;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a sharded key whose write fails. */
class FailedWriteTest {
  private static final String ID = "s/k";
  private static final Duration PATIENCE = Duration.ofSeconds(20); // the first shard takes a while
  private static final Config CONFIG =
      ConfigFactory.parseString(
              """
              pekko.actor.provider = cluster
              pekko.actor.allow-java-serialization = off
              pekko.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
              pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
              """)
          .withFallback(PersistenceTestKitPlugin.getInstance().config())
          .withFallback(PersistenceTestKitSnapshotPlugin.config())
          .withFallback(ConfigFactory.load());
  private static final StreamDefinition STREAM =
      new StreamDefinition(
          "s",
          List.of(new NamedWindow("window", new WindowDefinition.Total())),
          Optional.empty(),
          new TimeRules(0, 0, 0, 0),
          8,
          Statistics.BASIC);

  private final ActorTestKit kit = ActorTestKit.create(CONFIG);
  private final PersistenceTestKit journal = PersistenceTestKit.create(kit.system());
  private final TestProbe<KeyActor.Reply> replies = kit.createTestProbe();
  private final ConcurrentLinkedQueue<String> hosted = new ConcurrentLinkedQueue<>();
  private final ActorRef<ShardingEnvelope<KeyActor.Command>> shards = start();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void senderIsToldAtOnceAndTheKeyRecoversWithALaterCommand() {
    recordUntilStored(1);
    journal.failNextPersisted(ID);
    record(2, 2);
    assertThat(replies.receiveMessage(PATIENCE)).isEqualTo(new KeyActor.Reply.Unknown(2));

    recordUntilStored(2);
    assertThat(journal.persistedInStorage(ID)).hasSize(2);
  }

  @Test
  void everyLifeOfAKeyTellsOfItsShardBeforeItReadsTheJournal() {
    recordUntilStored(1);
    journal.failNextPersisted(ID);
    record(2, 2);
    assertThat(replies.receiveMessage(PATIENCE)).isInstanceOf(KeyActor.Reply.Unknown.class);
    recordUntilStored(2);

    assertThat(hosted).hasSize(2);
    assertThat(hosted.stream().distinct())
        .singleElement()
        .asString()
        .startsWith(new Shards(61).of(ID) + " pekko://");
    assertThat(hosted.peek()).contains("#"); // names one life of the shard's actor
  }

  /** What comes to a key while it stops is lost, and sent again by whoever waits for the reply. */
  private void recordUntilStored(long sequence) {
    for (int attempt = 0; attempt < 60; attempt++) {
      record(sequence, sequence);
      try {
        assertThat(replies.receiveMessage(Duration.ofSeconds(1)))
            .isInstanceOf(KeyActor.Reply.Recorded.class);
        return;
      } catch (AssertionError lost) {
        // again
      }
    }
    throw new AssertionError("not stored");
  }

  private ActorRef<ShardingEnvelope<KeyActor.Command>> start() {
    Cluster cluster = Cluster.get(kit.system());
    cluster.manager().tell(Join.create(cluster.selfMember().address()));
    return KeyActor.init(
        ClusterSharding.get(kit.system()),
        new Keys(
            new EntitySettings(100, Duration.ofSeconds(10)),
            stream -> STREAM,
            (key, event, after) -> {},
            () -> 0,
            new Shards(61),
            (shard, life) -> hosted.add(shard + " " + life.path().toSerializationFormat())));
  }

  private void record(long delivery, long sequence) {
    KeyBatch batch = new KeyBatch("p", sequence, new long[] {1}, new double[] {1});
    shards.tell(
        new ShardingEnvelope<>(
            ID, new KeyActor.Command.Record(delivery, List.of(batch), replies.ref())));
  }
}
