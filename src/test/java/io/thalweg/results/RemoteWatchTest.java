package io.thalweg.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.Outcome;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.StreamKey;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import java.io.NotSerializableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.Done;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A watch here and a hub there, in one actor system. */
class RemoteWatchTest {
  private static final StreamKey KEY = new StreamKey("s", "k");
  private static final StreamDefinition STREAM =
      new StreamDefinition(
          "s",
          List.of(new NamedWindow("window", new WindowDefinition.SlidingCount(4))),
          Optional.empty(),
          new TimeRules(0, 0, 0, 0),
          8,
          Statistics.BASIC);
  private static final int CAPACITY = 10_000;
  private static final Interest INTEREST = new Interest.Prefix("s", "", false);

  private final ActorTestKit kit = ActorTestKit.create();
  private final Watchers there =
      new Watchers(
          new ResultsSettings(Duration.ofSeconds(1), 1_000, Duration.ofSeconds(1), 10, 10));
  private final Subscription here = new Subscription(INTEREST, CAPACITY);
  private final CompletableFuture<Done> begun = new CompletableFuture<>();
  private final TestProbe<WatchHub.Message> ownHub = kit.createTestProbe();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void whatHappensThereIsToldHereOnceItHasBegun() throws Exception {
    ActorRef<WatchHub.Message> hub = kit.spawn(WatchHub.create(there));
    ActorRef<RemoteWatch.Message> watch = startWatch();
    watch.tell(new RemoteWatch.Message.Found(Set.of(hub, ownHub.ref())));
    begun.get(3, java.util.concurrent.TimeUnit.SECONDS);
    for (int value = 1; value <= 2_000; value++) {
      happenThere(value);
      Thread.onSpinWait();
    }
    long told = 0;
    long skipped = 0;
    while (told + skipped < 2_000) {
      Happening next = awaitHere();
      if (next instanceof Happening.Skipped some) {
        skipped += some.count();
      } else {
        told++;
      }
    }
    ownHub.expectNoMessage(Duration.ofMillis(20));
  }

  @Test
  void watchThatEndsIsToldNothingMore() throws Exception {
    ActorRef<WatchHub.Message> hub = kit.spawn(WatchHub.create(there));
    ActorRef<RemoteWatch.Message> watch = startWatch();
    watch.tell(new RemoteWatch.Message.Found(Set.of(hub, ownHub.ref())));
    begun.get(3, java.util.concurrent.TimeUnit.SECONDS);
    watch.tell(RemoteWatch.Message.End.INSTANCE);
    ownHub.expectTerminated(watch);
    ownHub.awaitAssert(
        () -> {
          assertThat(there.size()).isZero();
          return true;
        });
  }

  @Test
  void nodeThatIsGoneIsToldOfAsLostUnlessItLeftInOrder() throws Exception {
    ActorRef<WatchHub.Message> killed = kit.spawn(WatchHub.create(there));
    ActorRef<WatchHub.Message> leaving = kit.spawn(WatchHub.create(there));
    ActorRef<RemoteWatch.Message> watch = startWatch();
    watch.tell(new RemoteWatch.Message.Found(Set.of(killed, leaving, ownHub.ref())));
    begun.get(3, java.util.concurrent.TimeUnit.SECONDS);

    TestProbe<Done> left = kit.createTestProbe();
    leaving.tell(new WatchHub.Message.Leave(left.ref()));
    left.expectMessage(Done.getInstance());
    kit.stop(leaving);
    happenThere(1);
    assertThat(awaitHere()).isInstanceOf(Happening.Changed.class);
    kit.stop(killed);
    assertThat(awaitHere()).isEqualTo(Happening.Lost.INSTANCE);
    assertThat(here.take()).isNull();
  }

  @Test
  void hubIsAskedAgainUntilItAnswersAndThenItHasBegun() {
    TestProbe<WatchHub.Message> hub = kit.createTestProbe();
    ActorRef<RemoteWatch.Message> watch = startWatch();
    watch.tell(new RemoteWatch.Message.Found(Set.of(hub.ref(), ownHub.ref())));
    assertThat(hub.expectMessageClass(WatchHub.Message.Open.class).interest()).isEqualTo(INTEREST);
    assertThat(begun).isNotDone();
    hub.expectMessageClass(WatchHub.Message.Open.class);
    watch.tell(
        new RemoteWatch.Message.Opened(hub.ref(), kit.<Feed.Message>createTestProbe().ref()));
    assertThat(begun).succeedsWithin(Duration.ofSeconds(3));
  }

  @Test
  void batchThatComesTwiceIsToldOnceAndAcknowledgedTwice() {
    TestProbe<WatchHub.Message> hub = kit.createTestProbe();
    TestProbe<Feed.Message> feed = kit.createTestProbe();
    ActorRef<RemoteWatch.Message> watch = startWatch();
    watch.tell(new RemoteWatch.Message.Found(Set.of(hub.ref(), ownHub.ref())));
    watch.tell(new RemoteWatch.Message.Opened(hub.ref(), feed.ref()));
    Happening happening = new Happening.Skipped(KEY, 3, 4);
    RemoteWatch.Message batch =
        new RemoteWatch.Message.Batch(1, List.of(HappeningCodec.encode(happening)), feed.ref());
    watch.tell(batch);
    watch.tell(batch);

    feed.expectMessage(new Feed.Message.Ack(1, false));
    feed.expectMessage(new Feed.Message.Ack(1, false));
    assertThat(awaitHere()).isEqualTo(happening);
    assertThat(here.take()).isNull();
  }

  @Test
  void watchThatIsNotReadLetsItsFeedsPauseUntilItIs() {
    TestProbe<WatchHub.Message> hub = kit.createTestProbe();
    TestProbe<Feed.Message> feed = kit.createTestProbe();
    ActorRef<RemoteWatch.Message> watch = startWatch();
    watch.tell(new RemoteWatch.Message.Found(Set.of(hub.ref(), ownHub.ref())));
    watch.tell(new RemoteWatch.Message.Opened(hub.ref(), feed.ref()));
    for (int i = 0; i < CAPACITY; i++) {
      here.put(new Happening.Skipped(KEY, i, 1));
    }
    here.look();
    Happening happening = new Happening.Skipped(KEY, CAPACITY, 1);
    watch.tell(
        new RemoteWatch.Message.Batch(1, List.of(HappeningCodec.encode(happening)), feed.ref()));
    feed.expectMessage(new Feed.Message.Ack(1, true));

    assertThat(here.take()).isEqualTo(new Happening.Skipped(KEY, CAPACITY - 1, CAPACITY));
    feed.expectMessage(new Feed.Message.Ack(1, false));
    assertThat(here.take()).isEqualTo(happening);
    feed.expectNoMessage(Duration.ofMillis(1_100));
  }

  @Test
  void feedThatIsToPauseTellsTheNextBatchWhenItMayGoOn() {
    TestProbe<RemoteWatch.Message> watch = kit.createTestProbe();
    ActorRef<Feed.Message> feed =
        kit.spawn(Feed.create(there, INTEREST, ownHub.ref(), watch.ref()));
    watch.expectMessageClass(RemoteWatch.Message.Opened.class);
    happenThere(1);
    assertThat(watch.expectMessageClass(RemoteWatch.Message.Batch.class).number()).isEqualTo(1);
    feed.tell(new Feed.Message.Ack(1, true));
    happenThere(2);
    watch.expectNoMessage(Duration.ofMillis(1_200));
    feed.tell(new Feed.Message.Ack(1, false));
    assertThat(watch.expectMessageClass(RemoteWatch.Message.Batch.class).number()).isEqualTo(2);
  }

  @Test
  void feedThatPausesTellsAllWhenItsNodeLeaves() {
    TestProbe<RemoteWatch.Message> watch = kit.createTestProbe();
    ActorRef<Feed.Message> feed =
        kit.spawn(Feed.create(there, INTEREST, ownHub.ref(), watch.ref()));
    watch.expectMessageClass(RemoteWatch.Message.Opened.class);
    happenThere(1);
    watch.expectMessageClass(RemoteWatch.Message.Batch.class);
    feed.tell(new Feed.Message.Ack(1, true));
    happenThere(2);
    feed.tell(Feed.Message.Drain.INSTANCE);
    watch.expectMessageClass(RemoteWatch.Message.Batch.class);
    feed.tell(new Feed.Message.Ack(2, true));
    watch.expectMessageClass(RemoteWatch.Message.Ended.class);
  }

  @Test
  void everyMessageBetweenNodesComesBackAsItWas() {
    ActorRef<RemoteWatch.Message> watch = kit.<RemoteWatch.Message>createTestProbe().ref();
    ActorRef<Feed.Message> feed = kit.<Feed.Message>createTestProbe().ref();
    Happening.Changed changed =
        new Happening.Changed(
            KEY, 7, List.of(new Outcome.LateSample(new Sample(1, 2))), Optional.empty());
    List<Object> messages =
        List.of(
            new WatchHub.Message.Open(new Interest.OneKey(KEY, true), watch),
            new WatchHub.Message.Open(new Interest.Prefix("s", "", false), watch),
            new RemoteWatch.Message.Opened(ownHub.ref(), feed),
            new RemoteWatch.Message.Batch(
                1,
                List.of(
                    HappeningCodec.encode(changed),
                    HappeningCodec.encode(new Happening.Skipped(KEY, 3, 4)),
                    HappeningCodec.encode(Happening.Lost.INSTANCE)),
                feed),
            new RemoteWatch.Message.Ended(feed),
            new Feed.Message.Ack(9, false),
            new Feed.Message.Ack(9, true),
            Feed.Message.Close.INSTANCE);
    messages.forEach(message -> kit.serializationTestKit().verifySerialization(message, true));
    assertThat(HappeningCodec.decode(HappeningCodec.encode(changed))).isEqualTo(changed);
  }

  @Test
  void messageOfANewerVersionIsRefusedWithAReason() {
    WatchSerializer serializer =
        new WatchSerializer((ExtendedActorSystem) kit.system().classicSystem());
    assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "open-2"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("open-2");
  }

  private ActorRef<RemoteWatch.Message> startWatch() {
    return kit.spawn(RemoteWatch.create(INTEREST, here, ownHub.ref(), begun));
  }

  private void happenThere(double value) {
    there.happened(
        KEY,
        new KeyEvent.Idled(
            Optional.empty(), 0, List.of(new Outcome.LateSample(new Sample(1, value)))),
        KeyState.empty(STREAM));
  }

  private Happening awaitHere() {
    List<Happening> taken = new ArrayList<>();
    ownHub.awaitAssert(
        () -> {
          Happening next = here.take();
          assertThat(next).isNotNull();
          taken.add(next);
          return true;
        });
    return taken.getFirst();
  }
}
