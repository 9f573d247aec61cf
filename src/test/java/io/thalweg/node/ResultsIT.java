package io.thalweg.node;

import static io.thalweg.node.NodeIT.assertStatus;
import static io.thalweg.node.TestNode.request;
import static io.thalweg.node.TestNode.series;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.thalweg.v1.GetKeyRequest;
import io.thalweg.v1.KeyState;
import io.thalweg.v1.ListKeysRequest;
import io.thalweg.v1.ReadHistoryRequest;
import io.thalweg.v1.Series;
import io.thalweg.v1.Update;
import io.thalweg.v1.WatchRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Query, watch and history of a whole node. */
class ResultsIT {
  private static final double[] SPIKE = {1, 2, 1, 2, 1, 2, 100};

  @TempDir Path data;
  private TestNode node;

  @BeforeEach
  void start() throws Exception {
    node =
        TestNode.start(
            data, "thalweg { entity.snapshot-every-events = 7, results.watch-buffer-max = 50 }");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  @Test
  void stateAsOfAVersionIsTheFoldOfTheEventsUpToIt() throws Exception {
    long seed = System.nanoTime();
    System.out.println("ResultsIT: seed " + seed);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    List<KeyState> states = new ArrayList<>();
    List<Oracle> oracles = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    for (int version = 1; version <= 40; version++) {
      double[] batch = random.doubles(1 + random.nextInt(20), -1e6, 1e6).toArray();
      node.ingest()
          .ingestBatch(request("counts", "p", version, series("a", version * 100L, batch)));
      states.add(node.get("counts", "a"));
      for (double value : batch) {
        values.add(value);
      }
      Oracle oracle = new Oracle();
      values.forEach(value -> oracle.add("a", value));
      oracles.add(oracle);
    }
    for (int i = 0; i < 60; i++) {
      int version = 1 + random.nextInt(40);
      KeyState asOf = asOf("a", version);
      assertThat(asOf).isEqualTo(states.get(version - 1));
      oracles.get(version - 1).check("a", asOf.getTotal());
    }
  }

  @Test
  void versionThatIsNotThereYetIsOutOfRange() {
    node.ingest().ingestBatch(request("counts", "p", 1, series("a", 1, 1)));

    assertThatThrownBy(() -> asOf("a", 2))
        .satisfies(failure -> assertStatus(failure, Status.Code.OUT_OF_RANGE, "version 1", "2"));
    assertThatThrownBy(() -> asOf("a", 0))
        .satisfies(failure -> assertStatus(failure, Status.Code.INVALID_ARGUMENT, "0"));
  }

  @Test
  void historyTellsWhatWasToldLive() throws Exception {
    Watch watch = watch(WatchRequest.newBuilder().setStream("counts").setKey("a").setStates(true));
    watch.awaitStarted();
    for (int sequence = 1; sequence <= 5; sequence++) {
      node.ingest()
          .ingestBatch(request("counts", "p", sequence, series("a", sequence * 10L, SPIKE)));
    }
    List<Update> live = watch.takeUntilVersion(5);
    List<Update> history = new ArrayList<>();
    node.query()
        .readHistory(
            ReadHistoryRequest.newBuilder().setStream("counts").setKey("a").setStates(true).build())
        .forEachRemaining(history::add);

    assertThat(history).isEqualTo(live);
    assertThat(live).anyMatch(Update::hasAnomaly);
    List<Update> middle = new ArrayList<>();
    node.query()
        .readHistory(
            ReadHistoryRequest.newBuilder()
                .setStream("counts")
                .setKey("a")
                .setFromVersion(2)
                .setToVersion(3)
                .setStates(true)
                .build())
        .forEachRemaining(middle::add);
    assertThat(middle)
        .isEqualTo(live.stream().filter(u -> u.getVersion() == 2 || u.getVersion() == 3).toList());
    watch.cancel();
  }

  @Test
  void watchAfterAVersionCatchesUpAndGoesOnWithoutAGap() throws Exception {
    for (int sequence = 1; sequence <= 30; sequence++) {
      node.ingest().ingestBatch(request("counts", "p", sequence, series("a", sequence, sequence)));
    }
    Watch watch =
        watch(
            WatchRequest.newBuilder()
                .setStream("counts")
                .setKey("a")
                .setStates(true)
                .setAfterVersion(10));
    for (int sequence = 31; sequence <= 40; sequence++) {
      node.ingest().ingestBatch(request("counts", "p", sequence, series("a", sequence, sequence)));
    }
    assertThat(watch.takeUntilVersion(40).stream().filter(Update::hasState).map(Update::getVersion))
        .containsExactlyElementsOf(
            java.util.stream.LongStream.rangeClosed(11, 40).boxed().toList());
    watch.cancel();
  }

  @Test
  void watchOfAPrefixHearsItsKeysAlone() throws Exception {
    Watch watch =
        watch(WatchRequest.newBuilder().setStream("counts").setPrefix("a/").setStates(true));
    watch.awaitStarted();
    node.ingest()
        .ingestBatch(
            request("counts", "p", 1, series("b", 1, 1), series("a", 1, 1), series("a/1", 1, 1)));
    node.ingest().ingestBatch(request("times", "p", 1, series("a/1", 1, 1)));
    node.ingest().ingestBatch(request("counts", "p", 2, series("a/2", 1, 1)));

    assertThat(List.of(watch.take().getKey(), watch.take().getKey())).containsExactly("a/1", "a/2");
    watch.cancel();
  }

  @Test
  void slowWatcherIsToldExactlyHowMuchItMissedAndSeesTheNewest() throws Exception {
    int keys = 200;
    int rounds = 300;
    Watch watch = watch(WatchRequest.newBuilder().setStream("counts").setStates(true), 0);
    watch.awaitStarted();
    for (int round = 1; round <= rounds; round++) {
      Series[] batch = new Series[keys];
      for (int k = 0; k < keys; k++) {
        batch[k] = series("k" + k, round, 1);
      }
      node.ingest().ingestBatch(request("counts", "p", round, batch));
    }
    watch.read(Integer.MAX_VALUE);
    Map<String, Long> versions = new HashMap<>();
    long told = 0;
    long skipped = 0;
    while (told + skipped < (long) keys * rounds) {
      Update update = watch.take();
      Long before = versions.put(update.getKey(), update.getVersion());
      assertThat(update.getVersion()).isGreaterThan(before == null ? 0 : before);
      if (update.hasSkipped()) {
        skipped += update.getSkipped();
      } else {
        told++;
      }
    }
    assertThat(told + skipped).isEqualTo((long) keys * rounds);
    assertThat(skipped).isPositive();
    assertThat(versions).containsValue((long) rounds);
    watch.cancel();
  }

  @Test
  void keysArePagedInTheOrderOfTheirBytes() {
    for (int i = 0; i < 25; i++) {
      node.ingest().ingestBatch(request("counts", "p", i + 1, series("k%02d".formatted(i), 1, 1)));
    }
    var first =
        node.query()
            .listKeys(
                ListKeysRequest.newBuilder()
                    .setStream("counts")
                    .setPrefix("k1")
                    .setPageSize(6)
                    .build());
    var second =
        node.query()
            .listKeys(
                ListKeysRequest.newBuilder()
                    .setStream("counts")
                    .setPrefix("k1")
                    .setPageSize(6)
                    .setPageToken(first.getNextPageToken())
                    .build());
    assertThat(first.getKeysList()).containsExactly("k10", "k11", "k12", "k13", "k14", "k15");
    assertThat(second.getKeysList()).containsExactly("k16", "k17", "k18", "k19");
    assertThat(second.getNextPageToken()).isEmpty();
  }

  @Test
  void questionsThatMakeNoSenseAreInvalid() {
    assertThatThrownBy(
            () ->
                node.query()
                    .watch(
                        WatchRequest.newBuilder()
                            .setStream("counts")
                            .setKey("a")
                            .setPrefix("b")
                            .build())
                    .next())
        .satisfies(failure -> assertStatus(failure, Status.Code.INVALID_ARGUMENT, "prefix"));
    assertThatThrownBy(
            () ->
                node.query()
                    .readHistory(
                        ReadHistoryRequest.newBuilder()
                            .setStream("counts")
                            .setKey("nobody")
                            .build())
                    .next())
        .satisfies(failure -> assertStatus(failure, Status.Code.NOT_FOUND, "nobody"));
    assertThatThrownBy(
            () ->
                node.query()
                    .listKeys(
                        ListKeysRequest.newBuilder()
                            .setStream("counts")
                            .setPageSize(1_001)
                            .build()))
        .satisfies(failure -> assertStatus(failure, Status.Code.INVALID_ARGUMENT, "1001", "1000"));
  }

  private KeyState asOf(String key, long version) {
    return node.query()
        .getKey(
            GetKeyRequest.newBuilder().setStream("counts").setKey(key).setVersion(version).build());
  }

  private Watch watch(WatchRequest.Builder request) {
    return watch(request, Integer.MAX_VALUE);
  }

  private Watch watch(WatchRequest.Builder request, int read) {
    Watch watch = new Watch(read);
    node.queryAsync().watch(request.build(), watch);
    return watch;
  }

  /** A watcher that reads as many updates as it is told to. */
  private static final class Watch implements ClientResponseObserver<WatchRequest, Update> {
    private final int readAtFirst;
    private final BlockingQueue<Update> updates = new LinkedBlockingQueue<>();

    @SuppressWarnings("NullAway.Init") // set before the call starts
    private ClientCallStreamObserver<WatchRequest> call;

    Watch(int readAtFirst) {
      this.readAtFirst = readAtFirst;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchRequest> call) {
      this.call = call;
      call.disableAutoRequestWithInitial(readAtFirst);
    }

    /** A watch has no sign that it has begun; it has when a call made after it is answered. */
    void awaitStarted() throws InterruptedException {
      Thread.sleep(300);
    }

    void read(int more) {
      call.request(more);
    }

    Update take() throws InterruptedException {
      Update update = updates.poll(10, TimeUnit.SECONDS);
      assertThat(update).as("an update within 10 s").isNotNull();
      return update;
    }

    List<Update> takeUntilVersion(long version) throws InterruptedException {
      List<Update> taken = new ArrayList<>();
      do {
        taken.add(take());
      } while (taken.getLast().getVersion() < version || !taken.getLast().hasState());
      return taken;
    }

    void cancel() {
      call.cancel("seen enough", null);
    }

    @Override
    public void onNext(Update update) {
      updates.add(update);
    }

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onCompleted() {}
  }
}
