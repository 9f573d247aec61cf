package io.thalweg.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ActiveKeysTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int ACTIVE_MAX = 80;

  private final ActorTestKit kit = ActorTestKit.create();
  private final TestProbe<KeyActor.Command> key = kit.createTestProbe();
  private final TestProbe<ShardingEnvelope<KeyActor.Command>> region = kit.createTestProbe();
  private final AtomicLong nanos = new AtomicLong();
  private final ActiveKeys active =
      new ActiveKeys(
          new EntitySettings(100, SECOND, SECOND, ACTIVE_MAX, Duration.ofMinutes(10)), nanos::get);
  private final KeyAccess access = new KeyAccess(region.ref(), active);

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void keyInMemoryIsToldItself() {
    active.add("s/a", key.ref());
    access.tell("s/a", KeyActor.Command.Retry.INSTANCE);

    key.expectMessage(KeyActor.Command.Retry.INSTANCE);
    region.expectNoMessage(Duration.ZERO);
  }

  @Test
  void anyOtherIsToldThroughItsShard() {
    active.add("s/a", key.ref());
    active.remove("s/a", key.ref());
    access.tell("s/a", KeyActor.Command.Retry.INSTANCE);

    assertThat(region.receiveMessage().entityId()).isEqualTo("s/a");
    assertThat(active.count()).isZero();
  }

  @Test
  void whoeverSendsAgainGoesThroughTheShard() {
    active.add("s/a", key.ref());
    access.tellThroughShard("s/a", KeyActor.Command.Retry.INSTANCE);

    assertThat(region.receiveMessage().entityId()).isEqualTo("s/a");
    key.expectNoMessage(Duration.ZERO);
  }

  @Test
  void laterLifeOfAKeyIsNotForgottenWithAnEarlierOne() {
    ActorRef<KeyActor.Command> earlier = kit.<KeyActor.Command>createTestProbe().ref();
    active.add("s/a", earlier);
    active.add("s/a", key.ref());
    active.remove("s/a", earlier);

    assertThat(active.find("s/a")).isEqualTo(key.ref());
  }

  @Test
  void shardSeesNowAndThenThatTheKeyIsUsed() {
    active.add("s/a", key.ref());
    nanos.addAndGet(Duration.ofSeconds(29).toNanos());
    assertThat(active.find("s/a")).isEqualTo(key.ref());

    nanos.addAndGet(SECOND.toNanos());
    assertThat(active.find("s/a")).isNull();
    assertThat(active.find("s/a")).isEqualTo(key.ref());
  }

  @Test
  void shardSeesItTheSoonerTheMoreKeysCome() {
    active.add("s/a", key.ref());
    for (int i = 1; i < ACTIVE_MAX / 8; i++) {
      active.add("s/other-" + i, key.ref());
    }
    assertThat(active.find("s/a")).isEqualTo(key.ref());

    active.add("s/one more", key.ref());
    assertThat(active.find("s/a")).isNull();
    assertThat(active.find("s/a")).isEqualTo(key.ref());
  }
}
