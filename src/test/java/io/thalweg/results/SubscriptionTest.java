package io.thalweg.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.key.Outcome;
import io.thalweg.domain.key.StreamKey;
import io.thalweg.domain.sample.Sample;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SubscriptionTest {
  private static final StreamKey KEY = new StreamKey("s", "k");
  private static final Interest ALL = new Interest.Prefix("s", "", false);
  private static final int CAPACITY = 4;

  private final Subscription subscription = new Subscription(ALL, CAPACITY);

  @Test
  void slowWatcherLosesTheOldestAndIsToldHowMany() {
    offer(1, 6);
    assertThat(subscription.take()).isEqualTo(new Happening.Skipped(KEY, 2, 2));
    for (int version = 3; version <= 6; version++) {
      assertThat(subscription.take()).isEqualTo(changed(version));
    }
    assertThat(subscription.take()).isNull();
  }

  @Test
  void ofAWatcherThatTakesNothingOnlyTheNewestIsKept() {
    offer(1, 5);
    subscription.look();
    assertThat(subscription.isUnread()).isTrue();
    offer(6, 100);
    subscription.look();

    assertThat(subscription.take()).isEqualTo(new Happening.Skipped(KEY, 99, 99));
    assertThat(subscription.isUnread()).isFalse();
    assertThat(subscription.take()).isEqualTo(changed(100));
    assertThat(subscription.take()).isNull();
  }

  @Test
  void watcherThatTakesAgainHasAllItsRoom() {
    offer(1, CAPACITY);
    subscription.look();
    assertThat(subscription.take()).isEqualTo(new Happening.Skipped(KEY, 3, 3));
    offer(5, 7);
    for (int version = 4; version <= 7; version++) {
      assertThat(subscription.take()).isEqualTo(changed(version));
    }
  }

  @Test
  void watcherThatHasRoomLeftOrHasTakenSomethingKeepsAll() {
    offer(1, CAPACITY - 1);
    subscription.look();
    subscription.look();
    assertThat(subscription.isUnread()).isFalse();
    assertThat(subscription.take()).isEqualTo(changed(1));
    offer(CAPACITY, CAPACITY + 1);
    subscription.look();
    assertThat(subscription.isUnread()).isFalse();
    assertThat(subscription.take()).isEqualTo(changed(2));
  }

  @Test
  void whatNobodyKnowsTheNumberOfIsNotForgottenWithTheRest() {
    subscription.put(Happening.Lost.INSTANCE);
    offer(1, 3);
    subscription.look();
    offer(4, 5);
    assertThat(subscription.take()).isEqualTo(Happening.Lost.INSTANCE);
    assertThat(subscription.take()).isEqualTo(new Happening.Skipped(KEY, 4, 4));
    assertThat(subscription.take()).isEqualTo(changed(5));
  }

  @Test
  void watcherIsWokenOnlyWhereNothingWaited() {
    AtomicInteger woken = new AtomicInteger();
    subscription.onWaiting(woken::incrementAndGet);
    offer(1, CAPACITY);
    subscription.look();
    offer(5, 10);
    assertThat(woken).hasValue(1);
    while (subscription.take() != null) {}
    offer(11, 12);
    assertThat(woken).hasValue(2);
  }

  private void offer(long from, long to) {
    for (long version = from; version <= to; version++) {
      subscription.offer(changed(version), changed(version));
    }
  }

  private static Happening.Changed changed(long version) {
    return new Happening.Changed(
        KEY, version, List.of(new Outcome.LateSample(new Sample(1, version))), Optional.empty());
  }
}
