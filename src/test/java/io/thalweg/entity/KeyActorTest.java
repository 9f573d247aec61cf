package io.thalweg.entity;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.key.BatchResult;
import io.thalweg.domain.key.DamagedJournalException;
import io.thalweg.domain.key.IdleDeadline;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.Outcome;
import io.thalweg.domain.key.Shards;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.key.WindowDetector;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.testkit.PersistenceTestKitPlugin;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.PersistenceTestKit;
import org.apache.pekko.persistence.testkit.javadsl.SnapshotTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyActorTest {
  private static final String ID = "s/k";
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final StreamDefinition STREAM =
      new StreamDefinition(
          "s",
          List.of(new NamedWindow("window", new WindowDefinition.SlidingCount(4))),
          Optional.of(new WindowDetector("window", new DetectorDefinition.ZScore(3, 2))),
          new TimeRules(0, 0, 0, 0),
          8,
          Statistics.BASIC);
  private static final Config CONFIG =
      PersistenceTestKitPlugin.getInstance()
          .config()
          .withFallback(PersistenceTestKitSnapshotPlugin.config())
          .withFallback(ManualTime.config())
          .withFallback(ConfigFactory.load());

  private StreamDefinition definition = STREAM;
  private final AtomicLong clockNanos = new AtomicLong();
  private final ActorTestKit kit = ActorTestKit.create(CONFIG);
  private final PersistenceTestKit journal = PersistenceTestKit.create(kit.system());
  private final SnapshotTestKit snapshots = SnapshotTestKit.create(kit.system());
  private final ManualTime time = ManualTime.get(kit.system());
  private final TestProbe<ClusterSharding.ShardCommand> shard = kit.createTestProbe();
  private final TestProbe<KeyActor.Reply> replies = kit.createTestProbe();
  private final TestProbe<KeyActor.Answer> answers = kit.createTestProbe();
  private final List<KeyEvent> published = Collections.synchronizedList(new ArrayList<>());
  private final Keys keys =
      new Keys(
          new EntitySettings(3, Duration.ofSeconds(10)),
          stream -> definition,
          (key, event, after) -> published.add(event),
          clockNanos::get,
          new Shards(7),
          (shard, life) -> {});
  private ActorRef<KeyActor.Command> key = start();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void repliesWhatBecameOfEachBatchOnceItIsDurable() {
    key.tell(record(7, batch(1, 1.0), batch(1, 1.0), batch(2, 2.0, 3.0)));

    assertThat(replies.receiveMessage())
        .isEqualTo(
            new KeyActor.Reply.Recorded(
                7,
                List.of(
                    new BatchResult.Counted(1, 0),
                    new BatchResult.Duplicate(1),
                    new BatchResult.Counted(2, 0))));
    assertThat(journal.persistedInStorage(ID)).hasSize(1).allMatch(KeyEvent.class::isInstance);
    assertThat(published).hasSize(1);
  }

  @Test
  void duplicatesAloneAreAnsweredWithoutAnEvent() {
    recordAndAwait(batch(1, 1.0));
    recordAndAwait(batch(1, 1.0));

    assertThat(query().version()).isEqualTo(1);
    assertThat(published).hasSize(1);
  }

  @Test
  void keyNeverHeardOfHasVersionZeroAndLeavesNoTrace() {
    assertThat(query().version()).isZero();
    assertThat(journal.persistedInStorage(ID)).isEmpty();
  }

  @Test
  void restartedKeyHasTheSameStateFromItsEvents() {
    recordAndAwait(batch(1, 1.0), batch(2, 5.0));
    KeyState before = query();
    restart();

    assertThat(query().snapshot()).isEqualTo(before.snapshot());
    assertThat(before.total().count()).isEqualTo(2);
  }

  @Test
  void restartedKeyHasTheSameStateFromASnapshotAndTheEventsBehindIt() {
    for (int sequence = 1; sequence <= 5; sequence++) {
      recordAndAwait(batch(sequence, sequence * 0.1));
    }
    assertThat(snapshots.persistedInStorage(ID)).hasSize(1);
    KeyState before = query();
    restart();

    assertThat(query().snapshot()).isEqualTo(before.snapshot());
    assertThat(before.version()).isEqualTo(5);
  }

  @Test
  void writeThatFailsIsReportedAsUnknownAndMayBeSentAgain() {
    recordAndAwait(batch(1, 1.0));
    journal.failNextPersisted(ID);
    key.tell(record(8, batch(2, 2.0)));

    assertThat(replies.receiveMessage()).isEqualTo(new KeyActor.Reply.Unknown(8));
    replies.expectTerminated(key);
    assertThat(published).hasSize(1);
    key = start();
    assertThat(resultOf(batch(2, 2.0))).isEqualTo(new BatchResult.Counted(1, 0));
    assertThat(resultOf(batch(2, 2.0))).isEqualTo(new BatchResult.Duplicate(1));
    assertThat(query().total().count()).isEqualTo(2);
  }

  @Test
  void batchWhoseWriteSeemedToFailButWasStoredIsNotCountedAgain() {
    recordAndAwait(batch(1, 1.0));
    KeyEvent stored = query().decide(definition, List.of(batch(2, 2.0)), 0).event().orElseThrow();
    journal.failNextPersisted(ID);
    key.tell(record(8, batch(2, 2.0)));
    assertThat(replies.receiveMessage()).isEqualTo(new KeyActor.Reply.Unknown(8));
    replies.expectTerminated(key);
    journal.persistForRecovery(ID, List.of(stored));

    key = start();
    assertThat(resultOf(batch(2, 2.0))).isEqualTo(new BatchResult.Duplicate(1));
    assertThat(query().total().count()).isEqualTo(2);
  }

  @Test
  void writeThatIsRejectedIsNotAcknowledgedLeavesNoTraceAndMayBeSentAgain() {
    recordAndAwait(batch(1, 1.0));
    KeyState before = query();
    journal.rejectNextPersisted(ID);
    key.tell(record(8, batch(2, 2.0)));

    assertThat(replies.receiveMessage()).isEqualTo(new KeyActor.Reply.Unknown(8));
    replies.expectTerminated(key);
    assertThat(published).hasSize(1);
    assertThat(journal.persistedInStorage(ID)).hasSize(1);
    key = start();
    assertThat(query().snapshot()).isEqualTo(before.snapshot());
    assertThat(resultOf(batch(2, 2.0))).isEqualTo(new BatchResult.Counted(1, 0));
    assertThat(query().version()).isEqualTo(2);
  }

  @Test
  void keyWhoseSnapshotIsNotStoredGoesOnAndRecoversFromItsEvents() {
    snapshots.failNextPersisted(ID);
    for (int sequence = 1; sequence <= 4; sequence++) {
      recordAndAwait(batch(sequence, sequence * 0.1));
    }
    assertThat(snapshots.persistedInStorage(ID)).isEmpty();
    KeyState before = query();
    restart();

    assertThat(query().snapshot()).isEqualTo(before.snapshot());
    assertThat(before.version()).isEqualTo(4);
  }

  @Test
  void keyWhoseSnapshotIsNotReadIsTriedAgainLater() {
    for (int sequence = 1; sequence <= 4; sequence++) {
      recordAndAwait(batch(sequence, sequence * 0.1));
    }
    KeyState before = query();
    kit.stop(key);
    snapshots.failNextRead(ID, new IllegalStateException("no connection"));
    key = start();
    replies.expectTerminated(key);

    key = start();
    key.tell(record(9, batch(5, 2.0)));
    assertThat(replies.receiveMessage())
        .isInstanceOfSatisfying(
            KeyActor.Reply.Failed.class,
            failed -> assertThat(failed.failure().reason()).contains("s/k", "no connection"));
    leaveQuarantine();
    assertThat(query().snapshot()).isEqualTo(before.snapshot());
  }

  @Test
  void keyThatCannotBeReadSaysWhyUntilItsBackoffHasPassed() {
    recordAndAwait(batch(1, 1.0));
    kit.stop(key);
    journal.failNextRead(ID, new DamagedJournalException(ID, 1, "checksum"));
    key = start();
    replies.expectTerminated(key);

    key = start();
    key.tell(record(9, batch(2, 2.0)));
    KeyFailure failure =
        new KeyFailure(true, "the journal of s/k is damaged at version 1: checksum");
    assertThat(replies.receiveMessage()).isEqualTo(new KeyActor.Reply.Failed(9, failure));
    key.tell(new KeyActor.Command.Query(answers.ref()));
    assertThat(answers.receiveMessage()).isEqualTo(new KeyActor.Answer.Unreadable(failure));

    leaveQuarantine();
    assertThat(query().version()).isEqualTo(1);
  }

  @Test
  void keyWhoseJournalDoesNotAnswerIsNotCalledDamaged() {
    recordAndAwait(batch(1, 1.0));
    kit.stop(key);
    journal.failNextRead(ID, new IllegalStateException("no connection"));
    key = start();
    replies.expectTerminated(key);

    key = start();
    key.tell(record(9, batch(2, 2.0)));
    assertThat(replies.receiveMessage())
        .isInstanceOfSatisfying(
            KeyActor.Reply.Failed.class,
            failed -> {
              assertThat(failed.failure().damaged()).isFalse();
              assertThat(failed.failure().reason()).contains("s/k", "no connection");
            });
  }

  @Test
  void silentKeyClosesItsWindowsOnceItsIdleTimeIsOver() {
    definition = KeyActorStepsTest.IDLES_AFTER_A_MINUTE;
    restart();
    recordAndAwait(batch(1, 1.0));
    IdleDeadline deadline = checkIdle().orElseThrow();
    assertThat(deadline.atNanos()).isBetween(MINUTE, MINUTE + MINUTE / 8);
    assertThat(query().version()).isEqualTo(1);

    clockNanos.set(deadline.atNanos());
    assertThat(checkIdle()).isEmpty();
    assertThat(published.getLast()).isInstanceOf(KeyEvent.Idled.class);
    assertThat(published.getLast().outcomes())
        .singleElement()
        .isInstanceOf(Outcome.WindowClosed.class);
    KeyState idle = query();
    restart();
    assertThat(query().snapshot()).isEqualTo(idle.snapshot());
    assertThat(checkIdle()).isEmpty();
    assertThat(idle.version()).isEqualTo(2);
  }

  private Optional<IdleDeadline> checkIdle() {
    TestProbe<KeyActor.Checked> checked = kit.createTestProbe();
    key.tell(new KeyActor.Command.CheckIdle(checked.ref()));
    return checked.receiveMessage().next();
  }

  @Test
  void keyThatIsToldToStopFinishesWhatItWasToldBefore() {
    key.tell(record(1, batch(1, 1.0)));
    key.tell(KeyActor.Command.Stop.INSTANCE);

    assertThat(replies.receiveMessage()).isInstanceOf(KeyActor.Reply.Recorded.class);
    replies.expectTerminated(key);
    assertThat(journal.persistedInStorage(ID)).hasSize(1);
  }

  private ActorRef<KeyActor.Command> start() {
    return kit.spawn(KeyActor.create(ID, shard.ref(), keys));
  }

  private void restart() {
    kit.stop(key);
    key = start();
  }

  private KeyActor.Command.Record record(long delivery, KeyBatch... batches) {
    return new KeyActor.Command.Record(delivery, List.of(batches), replies.ref());
  }

  private void recordAndAwait(KeyBatch... batches) {
    key.tell(record(1, batches));
    assertThat(replies.receiveMessage()).isInstanceOf(KeyActor.Reply.Recorded.class);
  }

  private BatchResult resultOf(KeyBatch batch) {
    key.tell(record(1, batch));
    return replies.expectMessageClass(KeyActor.Reply.Recorded.class).results().getFirst();
  }

  private void leaveQuarantine() {
    time.timePasses(Duration.ofSeconds(9));
    shard.expectNoMessage(Duration.ZERO);
    time.timePasses(Duration.ofSeconds(2));
    shard.expectMessageClass(ClusterSharding.Passivate.class);
    key.tell(KeyActor.Command.Stop.INSTANCE);
    replies.expectTerminated(key);
    key = start();
  }

  private KeyState query() {
    key.tell(new KeyActor.Command.Query(answers.ref()));
    return (KeyState) ((KeyActor.Answer.Known) answers.receiveMessage()).state();
  }

  private static KeyBatch batch(long sequence, double... values) {
    return new KeyBatch("p", sequence, new long[values.length], values);
  }
}
