package io.thalweg.entity;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.thalweg.domain.key.BatchResult;
import io.thalweg.domain.key.IdleDeadline;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.Outcome;
import io.thalweg.domain.key.Shards;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit.CommandResultWithReply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One command at a time: its event, its reply and the state after it, also after a restart. */
class KeyActorStepsTest {
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  static final StreamDefinition IDLES_AFTER_A_MINUTE =
      new StreamDefinition(
          "s",
          List.of(new NamedWindow("minute", new WindowDefinition.Tumbling(MINUTE, 0))),
          Optional.empty(),
          new TimeRules(0, 0, MINUTE, 0),
          8,
          Statistics.BASIC);

  private final AtomicLong clockNanos = new AtomicLong();
  private final ActorTestKit kit =
      ActorTestKit.create(EventSourcedBehaviorTestKit.config().withFallback(ConfigFactory.load()));
  private final Keys keys =
      new Keys(
          new EntitySettings(2, Duration.ofSeconds(10)),
          stream -> IDLES_AFTER_A_MINUTE,
          (key, event, after) -> {},
          clockNanos::get,
          new Shards(7),
          (shard, life) -> {});

  /** Events go through the serializer that the journal's are bound to, and must come out equal. */
  private final EventSourcedBehaviorTestKit<KeyActor.Command, KeyEvent, KeyState> key =
      EventSourcedBehaviorTestKit.create(
          kit.system(),
          KeyActor.create("s/k", kit.<ClusterSharding.ShardCommand>createTestProbe().ref(), keys),
          EventSourcedBehaviorTestKit.enabledSerializationSettings()
              .withVerifyEquality(true)
              .withVerifyCommands(false)
              .withVerifyState(false));

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void batchBecomesAnEventAndTheReplySaysSo() {
    var recorded = record(batch(1, 3, 5.0));
    assertThat(recorded.reply())
        .isEqualTo(new KeyActor.Reply.Recorded(7, List.of(new BatchResult.Counted(1, 0))));
    assertThat(recorded.eventOfType(KeyEvent.Recorded.class).batches())
        .containsExactly(batch(1, 3, 5.0));
    assertThat(recorded.state().total().count()).isEqualTo(1);
  }

  @Test
  void duplicateBecomesNoEvent() {
    record(batch(1, 3, 5.0));
    var again = record(batch(1, 3, 5.0));
    assertThat(again.hasNoEvents()).isTrue();
    assertThat(again.reply())
        .isEqualTo(new KeyActor.Reply.Recorded(7, List.of(new BatchResult.Duplicate(1))));
    assertThat(again.state().version()).isEqualTo(1);
  }

  @Test
  void eventHoldsWhatItCaused() {
    record(batch(1, 3, 5.0));
    assertThat(record(batch(2, 61, 6.0)).event().outcomes())
        .singleElement()
        .isInstanceOf(Outcome.WindowClosed.class);
  }

  @Test
  void idleKeyClosesItsWindowByAnEventAndNeedsNoMoreLooks() {
    record(batch(1, 3, 5.0));
    var early = checkIdle();
    assertThat(early.hasNoEvents()).isTrue();
    IdleDeadline next = early.reply().next().orElseThrow();

    clockNanos.set(next.atNanos());
    var idled = checkIdle();
    assertThat(idled.eventOfType(KeyEvent.Idled.class).outcomes()).hasSize(1);
    assertThat(idled.reply().next()).isEmpty();
  }

  @Test
  void queryTellsTheStateAndChangesNothing() {
    record(batch(1, 3, 5.0));
    CommandResultWithReply<KeyActor.Command, KeyEvent, KeyState, KeyActor.Answer> query =
        key.runCommand((ActorRef<KeyActor.Answer> replyTo) -> new KeyActor.Command.Query(replyTo));
    assertThat(query.hasNoEvents()).isTrue();
    assertThat(query.replyOfType(KeyActor.Answer.Known.class).state()).isSameAs(query.state());
  }

  @Test
  void restartComesToTheSameStateAfterEachStep() {
    for (int second = 1; second <= 5; second++) {
      KeyState before = record(batch(second, 30 * second, second * 0.1)).state();
      assertThat(key.restart().state().snapshot()).isEqualTo(before.snapshot());
    }
    clockNanos.set(MINUTE);
    KeyState idle = checkIdle().state();
    assertThat(key.restart().state().snapshot()).isEqualTo(idle.snapshot());
    assertThat(idle.version()).isEqualTo(6);
  }

  private CommandResultWithReply<KeyActor.Command, KeyEvent, KeyState, KeyActor.Reply> record(
      KeyBatch batch) {
    return key.runCommand(
        (ActorRef<KeyActor.Reply> replyTo) ->
            new KeyActor.Command.Record(7, List.of(batch), replyTo));
  }

  private CommandResultWithReply<KeyActor.Command, KeyEvent, KeyState, KeyActor.Checked>
      checkIdle() {
    return key.runCommand(
        (ActorRef<KeyActor.Checked> replyTo) -> new KeyActor.Command.CheckIdle(replyTo));
  }

  private static KeyBatch batch(long sequence, long second, double value) {
    return new KeyBatch("p", sequence, new long[] {second * 1_000_000_000}, new double[] {value});
  }
}
