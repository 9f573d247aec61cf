package io.thalweg.route;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.thalweg.domain.key.BatchResult;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.Shards;
import io.thalweg.domain.sample.Batch;
import io.thalweg.domain.sample.Series;
import io.thalweg.entity.ActiveKeys;
import io.thalweg.entity.EntitySettings;
import io.thalweg.entity.KeyAccess;
import io.thalweg.entity.KeyActor;
import io.thalweg.entity.KeyFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.ManualTime;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The test plays the keys: it sees each delivery, and answers when it likes. */
class LanesTest {
  private static final Duration REPLY_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration RETRY_BACKOFF = Duration.ofMillis(250);
  private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(10);
  private static final ActiveKeys ACTIVE =
      new ActiveKeys(new EntitySettings(100, Duration.ofSeconds(10)), () -> 0);

  private final ActorTestKit kit = ActorTestKit.create(ManualTime.config());
  private final ManualTime time = ManualTime.get(kit.system());
  private final AtomicLong nanos = new AtomicLong();
  private final RouteCounters counters = new RouteCounters();
  private final TestProbe<ShardingEnvelope<KeyActor.Command>> shards = kit.createTestProbe();
  private final TestProbe<Relay.Message> ownRelay = kit.createTestProbe();
  private ActorRef<Lanes.Message> lanes;

  @BeforeEach
  void start() {
    startWith(1_000, 100, 500, 100);
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  private void startWith(int samplesInFlight, int deliveriesInFlight, int samplesPerDelivery) {
    startWith(samplesInFlight, deliveriesInFlight, samplesPerDelivery, deliveriesInFlight);
  }

  private void startWith(
      int samplesInFlight, int deliveriesInFlight, int samplesPerDelivery, int recoveries) {
    lanes =
        kit.spawn(
            Lanes.create(
                new KeyAccess(shards.ref(), ACTIVE),
                new Shards(1),
                ownRelay.ref(),
                new RouteSettings(
                    samplesInFlight,
                    deliveriesInFlight,
                    recoveries,
                    samplesPerDelivery,
                    8,
                    REPLY_TIMEOUT,
                    RETRY_BACKOFF,
                    GIVE_UP_AFTER),
                counters,
                nanos::get));
  }

  @Test
  void sampleForAnIdleKeyGoesAtOnce() throws Exception {
    Ticket ticket = offer(1, "a");

    Delivered delivered = expectDelivery();
    assertThat(delivered.key).isEqualTo("s/a");
    assertThat(delivered.sequences()).containsExactly(1L);
    delivered.count();
    assertThat(answer(ticket)).isEqualTo(new RouteResult.Answered(1, 0, 0, List.of()));
  }

  @Test
  void whatArrivesDuringADeliveryGoesAsOneAndInOrder() throws Exception {
    Ticket first = offer(1, "a");
    Ticket second = offer(2, "a");
    Ticket third = offer(3, "a");

    Delivered one = expectDelivery();
    shards.expectNoMessage(Duration.ZERO);
    one.count();
    Delivered rest = expectDelivery();
    assertThat(rest.sequences()).containsExactly(2L, 3L);
    rest.count();
    for (Ticket ticket : List.of(first, second, third)) {
      assertThat(answer(ticket)).isEqualTo(new RouteResult.Answered(1, 0, 0, List.of()));
    }
  }

  @Test
  void deliveryHoldsNoMoreThanItsBoundButALargerSeriesGoesWhole() {
    startWith(10_000, 100, 3);
    offer(1, "a");
    expectDelivery().count();
    offer(2, "a");
    Delivered two = expectDelivery();
    offer(3, "a");
    lanes.tell(new Lanes.Message.Offer(new Ticket(batch(4, series("a", 5)), caller())));
    offer(5, "a");
    two.count();

    Delivered three = expectDelivery();
    assertThat(three.sequences()).containsExactly(3L);
    three.count();
    Delivered four = expectDelivery();
    assertThat(four.sequences()).containsExactly(4L);
    four.count();
    assertThat(expectDelivery().sequences()).containsExactly(5L);
  }

  @Test
  void onlySoManyKeysAreBroughtToMemoryAtATime() {
    startWith(1_000, 100, 500, 2);
    offer(1, "a", "b", "c", "d");

    Delivered a = expectDelivery();
    Delivered b = expectDelivery();
    shards.expectNoMessage(Duration.ZERO);
    assertThat(List.of(a.key, b.key)).containsExactly("s/a", "s/b");
    b.count();
    assertThat(expectDelivery().key).isEqualTo("s/c");
    shards.expectNoMessage(Duration.ZERO);
  }

  @Test
  void keysThatDoNotAnswerDoNotKeepOthersOutOfMemory() throws Exception {
    startWith(1_000, 100, 500, 1);
    offer(1, "a", "b");
    assertThat(expectDelivery().key).isEqualTo("s/a");
    shards.expectNoMessage(Duration.ZERO);
    pass(REPLY_TIMEOUT.plusMillis(200));
    assertThat(List.of(expectDelivery().key, expectDelivery().key))
        .containsExactlyInAnyOrder("s/a", "s/b");
  }

  @Test
  void onlySoManyDeliveriesAreUnderWay() {
    startWith(1_000, 2, 500);
    offer(1, "a", "b", "c");

    Delivered a = expectDelivery();
    Delivered b = expectDelivery();
    shards.expectNoMessage(Duration.ZERO);
    assertThat(List.of(a.key, b.key)).containsExactly("s/a", "s/b");
    b.count();
    assertThat(expectDelivery().key).isEqualTo("s/c");
  }

  @Test
  void callersHaveTheirTurnsHoweverManyKeysOneOfThemBrings() {
    startWith(1_000, 1, 500);
    Caller greedy = caller();
    offer(greedy, 1, "a", "b", "c", "d", "e");
    offer(greedy, 2, "f");
    offer(caller(), 1, "x", "y");
    offer(caller(), 1, "z", "c");

    List<String> order = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      Delivered delivered = expectDelivery();
      order.add(delivered.key);
      delivered.count();
    }
    assertThat(order)
        .containsExactly("s/a", "s/b", "s/x", "s/z", "s/c", "s/y", "s/d", "s/e", "s/f");
  }

  @Test
  void keyWithMoreWaitingWaitsForTheTurnOfWhomItWaitsFor() {
    startWith(1_000, 1, 1);
    Caller greedy = caller();
    offer(greedy, 1, "a");
    Delivered first = expectDelivery();
    offer(greedy, 2, "a", "b", "c");
    offer(caller(), 1, "a", "x");
    first.count();

    List<String> order = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Delivered delivered = expectDelivery();
      order.add(delivered.key + delivered.sequences());
      delivered.count();
    }
    assertThat(order).containsExactly("s/b[2]", "s/x[1]", "s/c[2]", "s/a[2]", "s/a[1]");
  }

  @Test
  void batchIsAdmittedOnlyWhenThereIsRoom() throws Exception {
    startWith(2, 100, 500);
    Ticket first = offer(1, "a", "b");
    Ticket second = offer(2, "c");
    Delivered a = expectDelivery();
    Delivered b = expectDelivery();

    assertThat(first.admitted()).isCompleted();
    assertThat(second.admitted().toCompletableFuture()).isNotDone();
    a.count();
    assertThat(expectDelivery().key).isEqualTo("s/c");
    assertThat(second.admitted().toCompletableFuture().get(3, TimeUnit.SECONDS)).isSameAs(second);
    b.count();
  }

  @Test
  void batchLargerThanAllTheRoomIsAdmittedAlone() throws Exception {
    startWith(2, 100, 500);
    Ticket large = new Ticket(batch(1, series("a", 50)), caller());
    lanes.tell(new Lanes.Message.Offer(large));

    expectDelivery().count();
    assertThat(answer(large)).isEqualTo(new RouteResult.Answered(50, 0, 0, List.of()));
  }

  @Test
  void batchWithoutSeriesIsAnsweredAtOnce() throws Exception {
    Ticket ticket = offer(1);

    assertThat(answer(ticket)).isEqualTo(new RouteResult.Answered(0, 0, 0, List.of()));
  }

  @Test
  void deliveryWithoutAReplyIsSentAgainUnchanged() throws Exception {
    Ticket ticket = offer(1, "a");
    Delivered first = expectDelivery();

    pass(REPLY_TIMEOUT.plusMillis(200));
    Delivered again = expectDelivery();
    assertThat(again.record.delivery()).isEqualTo(first.record.delivery());
    assertThat(again.record.batches()).isEqualTo(first.record.batches());
    again.count();
    first.count(); // the late answer to the first is nobody's any more
    assertThat(answer(ticket)).isEqualTo(new RouteResult.Answered(1, 0, 0, List.of()));
  }

  @Test
  void unconfirmedDeliveryIsSentAgainAfterABackoffThatDoubles() throws Exception {
    offer(1, "a");
    expectDelivery().replyUnknown();
    pass(RETRY_BACKOFF.plusMillis(100));
    expectDelivery().replyUnknown();
    pass(RETRY_BACKOFF);
    shards.expectNoMessage(Duration.ZERO);
    pass(RETRY_BACKOFF.plusMillis(100));
    expectDelivery();
  }

  @Test
  void givenUpDeliveryTakesWithItWhatWaitsBehindIt() throws Exception {
    Ticket first = offer(1, "a");
    Ticket second = offer(2, "a", "b");
    expectDelivery();
    Delivered b = expectDelivery();
    assertThat(b.key).isEqualTo("s/b");
    b.count();

    for (int seconds = 0; seconds <= GIVE_UP_AFTER.toSeconds(); seconds++) {
      pass(Duration.ofSeconds(1));
    }
    for (Ticket ticket : List.of(first, second)) {
      assertThat(answer(ticket))
          .isInstanceOfSatisfying(
              RouteResult.Unavailable.class,
              unavailable -> assertThat(unavailable.reason()).contains("s/a", "10 s"));
    }
  }

  @Test
  void whatACallerBringsLaterDoesNotOvertakeABatchThatWasGivenUp() throws Exception {
    Caller caller = caller();
    Ticket first = offer(caller, 1, "a");
    expectDelivery();
    for (int seconds = 0; seconds <= GIVE_UP_AFTER.toSeconds(); seconds++) {
      pass(Duration.ofSeconds(1));
    }
    assertThat(answer(first)).isInstanceOf(RouteResult.Unavailable.class);

    Ticket second = offer(caller, 2, "a", "b");
    assertThat(answer(second)).isEqualTo(answer(first));
    Ticket again = offer(caller(), 1, "a");
    Delivered delivered = expectDelivery();
    while (delivered.record.delivery() == 1) {
      delivered = expectDelivery(); // what was sent again before it was given up
    }
    assertThat(delivered.sequences()).containsExactly(1L);
    delivered.count();
    assertThat(answer(again)).isInstanceOf(RouteResult.Answered.class);
  }

  @Test
  void givingUpManyKeysIsOneLineInTheLog() throws Exception {
    List<Ticket> tickets = List.of(offer(1, "a"), offer(1, "b"), offer(1, "c"));
    for (int i = 0; i < tickets.size(); i++) {
      expectDelivery();
    }
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger(Lanes.class);
    logger.setLevel(Level.WARN);
    logger.addAppender(log);
    log.start();
    nanos.addAndGet(GIVE_UP_AFTER.toNanos());
    time.timePasses(GIVE_UP_AFTER);

    for (Ticket ticket : tickets) {
      assertThat(answer(ticket)).isInstanceOf(RouteResult.Unavailable.class);
    }
    logger.detachAppender(log);
    assertThat(log.list).hasSize(1);
    assertThat(log.list.getFirst().getFormattedMessage())
        .startsWith("no confirmation for " + GIVE_UP_AFTER.toSeconds() + " s")
        .contains("of 2 more");
  }

  @Test
  void afterGivingUpTheKeyIsTriedAnewAndTheRoomIsFree() throws Exception {
    startWith(2, 100, 500);
    Ticket stuck = offer(1, "a", "b");
    for (int seconds = 0; seconds <= GIVE_UP_AFTER.toSeconds(); seconds++) {
      pass(Duration.ofSeconds(1));
    }
    answer(stuck);
    Ticket next = offer(1, "a", "b");
    for (int i = 0; i < 2; i++) {
      Delivered delivered = expectDelivery();
      while (delivered.record.delivery() <= 2) {
        delivered = expectDelivery(); // what was sent again before it was given up
      }
      delivered.count();
    }
    assertThat(answer(next)).isEqualTo(new RouteResult.Answered(2, 0, 0, List.of()));
  }

  @Test
  void damagedKeyIsRefusedAndItsNeighbourIsNot() throws Exception {
    Ticket ticket = offer(1, "a", "b");
    KeyFailure failure = new KeyFailure(true, "the journal of s/a is damaged");
    Delivered a = expectDelivery();
    a.record.replyTo().tell(new KeyActor.Reply.Failed(a.record.delivery(), failure));
    expectDelivery().count();

    assertThat(answer(ticket))
        .isEqualTo(
            new RouteResult.Answered(
                1, 0, 0, List.of(new RouteResult.Refusal.KeyUnreadable(0, failure.reason()))));
  }

  @Test
  void resultsOfTheKeysAddUp() throws Exception {
    Ticket ticket = offer(1, "a", "b", "c", "d");
    expectDelivery().reply(new BatchResult.Counted(5, 2));
    expectDelivery().reply(new BatchResult.Duplicate(7));
    BatchResult.Stale stale = new BatchResult.Stale(1, 300);
    expectDelivery().reply(stale);
    expectDelivery().reply(new BatchResult.Counted(1, 0));

    assertThat(answer(ticket))
        .isEqualTo(
            new RouteResult.Answered(6, 7, 2, List.of(new RouteResult.Refusal.ByKey(2, stale))));
  }

  @Test
  void whatIsUnderWayWhenTheNodeStopsIsUnavailable() throws Exception {
    startWith(1, 100, 500);
    Ticket underWay = offer(1, "a");
    Ticket waiting = offer(2, "b");
    expectDelivery();
    nanos.addAndGet(REPLY_TIMEOUT.toNanos());
    time.timePasses(REPLY_TIMEOUT);
    expectDelivery(); // sent again: so the second batch has been heard of, too
    kit.stop(lanes);

    assertThat(answer(underWay)).isInstanceOf(RouteResult.Unavailable.class);
    assertThat(answer(waiting)).isInstanceOf(RouteResult.Unavailable.class);
  }

  @Test
  void whatIsForAKnownPlaceGoesThereTogether() throws Exception {
    TestProbe<Relay.Message> elsewhere = kit.createTestProbe();
    lanes.tell(hosts(elsewhere));
    Ticket ticket = offer(1, "a", "b", "c");
    Relay.Message.Carry carry = elsewhere.expectMessageClass(Relay.Message.Carry.class);
    assertThat(carry.parcels())
        .extracting(Relay.Parcel::entityId)
        .containsExactly("s/a", "s/b", "s/c");
    shards.expectNoMessage(Duration.ZERO);

    List<KeyActor.Reply> replies = new ArrayList<>();
    for (Relay.Parcel parcel : carry.parcels()) {
      replies.add(
          new KeyActor.Reply.Recorded(
              parcel.delivery(), List.of(new BatchResult.Counted(parcel.batches().size(), 0))));
    }
    carry.replyTo().tell(new Mail.Returned(replies));
    assertThat(answer(ticket)).isEqualTo(new RouteResult.Answered(3, 0, 0, List.of()));
  }

  @Test
  void deliveryWithoutAReplyIsSentAgainByTheRegionAndItsPlaceIsForgotten() throws Exception {
    TestProbe<Relay.Message> elsewhere = kit.createTestProbe();
    lanes.tell(hosts(elsewhere));
    offer(1, "a");
    elsewhere.expectMessageClass(Relay.Message.Carry.class);
    pass(REPLY_TIMEOUT.plusMillis(100));

    assertThat(expectDelivery().key).isEqualTo("s/a");
    offer(1, "b");
    assertThat(expectDelivery().key).isEqualTo("s/b");
  }

  @Test
  void placeThatLeavesOrIsHereIsNotSentTo() throws Exception {
    TestProbe<Relay.Message> elsewhere = kit.createTestProbe();
    lanes.tell(hosts(elsewhere));
    lanes.tell(new Lanes.Message.Mailed(new Mail.Withdrawn(elsewhere.ref())));
    offer(1, "a");
    assertThat(expectDelivery().key).isEqualTo("s/a");

    lanes.tell(hosts(elsewhere));
    lanes.tell(hosts(ownRelay));
    offer(1, "b");
    assertThat(expectDelivery().key).isEqualTo("s/b");
  }

  @Test
  void placeThatCanNoLongerBeReachedIsNotSentTo() {
    TestProbe<Relay.Message> elsewhere = kit.createTestProbe();
    lanes.tell(new Lanes.Message.Found(Set.of(elsewhere.ref())));
    lanes.tell(hosts(elsewhere));
    // Said twice: the receptionist's own first listing may have come in between.
    lanes.tell(new Lanes.Message.Found(Set.of(elsewhere.ref())));
    lanes.tell(new Lanes.Message.Found(Set.of()));
    offer(1, "a");
    assertThat(expectDelivery().key).isEqualTo("s/a");
  }

  @Test
  void messageToAPlaceHoldsNoMoreThanItsBound() {
    startWith(1_000_000, 1_000, 500_000);
    TestProbe<Relay.Message> elsewhere = kit.createTestProbe();
    lanes.tell(hosts(elsewhere));
    Series[] large = new Series[20];
    for (int i = 0; i < large.length; i++) {
      large[i] = series("k" + i, 10_000);
    }
    lanes.tell(new Lanes.Message.Offer(new Ticket(batch(1, large), caller())));

    int parcels = 0;
    while (parcels < large.length) {
      Relay.Message.Carry carry = elsewhere.expectMessageClass(Relay.Message.Carry.class);
      assertThat(carry.parcels()).hasSizeLessThanOrEqualTo(5);
      parcels += carry.parcels().size();
    }
  }

  private static Lanes.Message hosts(TestProbe<Relay.Message> relay) {
    return new Lanes.Message.Mailed(new Mail.Hosts(List.of(0), relay.ref()));
  }

  private Ticket offer(long sequence, String... keys) {
    return offer(caller(), sequence, keys);
  }

  private Ticket offer(Caller caller, long sequence, String... keys) {
    List<Series> series = new ArrayList<>();
    for (String key : keys) {
      series.add(series(key, 1));
    }
    Ticket ticket = new Ticket(batch(sequence, series.toArray(Series[]::new)), caller);
    lanes.tell(new Lanes.Message.Offer(ticket));
    return ticket;
  }

  private Caller caller() {
    return new Caller(lanes);
  }

  private static Batch batch(long sequence, Series... series) {
    return new Batch("s", sequence == 0 ? "" : "p", sequence, List.of(series));
  }

  private static Series series(String key, int samples) {
    return new Series(key, new long[samples], new double[samples]);
  }

  private static RouteResult answer(Ticket ticket) throws Exception {
    return ticket.result().toCompletableFuture().get(3, TimeUnit.SECONDS);
  }

  private void pass(Duration duration) throws Exception {
    answer(offer(0)); // what was told before has been heard
    nanos.addAndGet(duration.toNanos());
    time.timePasses(duration);
  }

  private Delivered expectDelivery() {
    ShardingEnvelope<KeyActor.Command> envelope = shards.receiveMessage();
    return new Delivered(envelope.entityId(), (KeyActor.Command.Record) envelope.message());
  }

  private record Delivered(String key, KeyActor.Command.Record record) {
    List<Long> sequences() {
      return record.batches().stream().map(KeyBatch::sequence).toList();
    }

    void count() {
      record
          .replyTo()
          .tell(
              new KeyActor.Reply.Recorded(
                  record.delivery(),
                  record.batches().stream()
                      .<BatchResult>map(batch -> new BatchResult.Counted(batch.size(), 0))
                      .toList()));
    }

    void reply(BatchResult result) {
      record.replyTo().tell(new KeyActor.Reply.Recorded(record.delivery(), List.of(result)));
    }

    void replyUnknown() {
      record.replyTo().tell(new KeyActor.Reply.Unknown(record.delivery()));
    }
  }
}
