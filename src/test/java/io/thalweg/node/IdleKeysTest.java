package io.thalweg.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.key.IdleDeadline;
import io.thalweg.domain.key.StreamKey;
import io.thalweg.entity.KeyActor;
import io.thalweg.journal.DueKeys;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The test plays the keys and the journal. */
class IdleKeysTest {
  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  private final TestProbe<ShardingEnvelope<KeyActor.Command>> keys = kit.createTestProbe();
  private final AtomicLong clock = new AtomicLong(1_000_000_000_000L);
  private final ConcurrentSkipListMap<Long, DueKeys.Due> due = new ConcurrentSkipListMap<>();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void keyThatHasLookedAtItsTimeIsForgotten() {
    addDue(1);
    start();
    pass(IdleKeys.EVERY);
    answer(keys.receiveMessage(), Optional.empty());
    keys.awaitAssert(
        () -> {
          assertThat(due).isEmpty();
          return true;
        });
  }

  @Test
  void afterAFullTurnItLooksAgainAtOnce() {
    for (int k = 1; k <= IdleKeys.AT_A_TIME + 10; k++) {
      addDue(k);
    }
    start();
    pass(IdleKeys.EVERY);
    for (int k = 1; k <= IdleKeys.AT_A_TIME + 10; k++) {
      answer(keys.receiveMessage(), Optional.empty());
    }
  }

  @Test
  void keysThatDoNotAnswerDoNotHoldUpTheOthers() {
    for (int k = 1; k <= IdleKeys.AT_A_TIME + 1; k++) {
      addDue(k);
    }
    start();
    pass(IdleKeys.EVERY);
    for (int k = 1; k <= IdleKeys.AT_A_TIME; k++) {
      keys.receiveMessage(); // damaged: none of them answers
    }
    keys.expectNoMessage(Duration.ZERO);
    pass(IdleKeys.PATIENCE);

    ShardingEnvelope<KeyActor.Command> healthy = keys.receiveMessage();
    assertThat(healthy.entityId()).isEqualTo("s/k" + (IdleKeys.AT_A_TIME + 1));
    answer(healthy, Optional.empty());
    keys.expectNoMessage(Duration.ZERO);

    clock.addAndGet(IdleKeys.PAUSE_MIN.toNanos());
    pass(IdleKeys.EVERY);
    assertThat(keys.receiveMessage().entityId()).isEqualTo("s/k1");
  }

  private void start() {
    kit.spawn(IdleKeys.create(new Journal(), keys.ref(), clock::get));
  }

  private void pass(Duration duration) {
    time.timePasses(duration);
  }

  private void addDue(long number) {
    due.put(number, new DueKeys.Due(new StreamKey("s", "k" + number), new IdleDeadline(number)));
  }

  private static void answer(
      ShardingEnvelope<KeyActor.Command> envelope, Optional<IdleDeadline> next) {
    ((KeyActor.Command.CheckIdle) envelope.message()).replyTo().tell(new KeyActor.Checked(next));
  }

  private final class Journal implements DueKeys {
    @Override
    public CompletionStage<List<Due>> due(long nowNanos, int limit) {
      return CompletableFuture.completedFuture(due.values().stream().limit(limit).toList());
    }

    @Override
    public void forget(Due forgotten) {
      due.remove(forgotten.deadline().atNanos());
    }
  }
}
