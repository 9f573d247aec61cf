package io.thalweg.node;

import static io.thalweg.node.TestNode.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigRenderOptions;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.thalweg.journal.postgres.TestPostgres;
import io.thalweg.v1.Anomaly;
import io.thalweg.v1.BacktestAlert;
import io.thalweg.v1.BacktestCounts;
import io.thalweg.v1.BacktestRequest;
import io.thalweg.v1.BacktestServiceGrpc;
import io.thalweg.v1.BacktestTotal;
import io.thalweg.v1.BacktestUpdate;
import io.thalweg.v1.IngestRequest;
import io.thalweg.v1.IngestResponse;
import io.thalweg.v1.ReadHistoryRequest;
import io.thalweg.v1.Series;
import io.thalweg.v1.Update;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a node's keys have told of, told once more from its journal. */
@Timeout(180)
class BacktestIT {
  private static final int KEYS = 5;
  private static final long SECOND = 1_000_000_000L;
  private static final String STREAM =
      """
      thalweg.streams.pumps {
        windows { minute { tumbling { size = 60s } }, recent { sliding-count = 50 } }
        detector { surprise { threshold = %s, refractory-samples = 20 } }
        allowed-disorder = 2s
        idle-timeout = 1s
      }
      thalweg.streams.judged {
        windows { minute { tumbling { size = 60s } }, recent { sliding-count = 50 } }
        detector { window = minute, z-score { threshold = 3, min-samples = 10 } }
        allowed-disorder = 2s
        idle-timeout = 1s
      }
      thalweg.entity.snapshot-every-events = 20
      """;
  private static final String FAST = "thalweg.backtest.events-per-second-max = 100000\n";

  @TempDir Path data;
  private final Random random = new Random(7);
  private final Map<String, Long> seconds = new HashMap<>();
  private final Map<String, Integer> sent = new HashMap<>();
  private long late;
  private long duplicates;

  /** A backtest to its end. */
  private record Result(List<BacktestUpdate> updates) {
    BacktestTotal total() {
      return updates.getLast().getTotal();
    }

    BacktestCounts counts() {
      return total().getCounts();
    }

    List<BacktestAlert> alerts() {
      return updates.stream()
          .filter(BacktestUpdate::hasAlert)
          .map(BacktestUpdate::getAlert)
          .toList();
    }
  }

  @Test
  void unchangedAllAlertsStayToTheBitAndAnotherThresholdHasOthers() throws Exception {
    allAlertsStay("");
  }

  @Test
  void soItIsOnPostgres() throws Exception {
    allAlertsStay(
        TestPostgres.config(TestPostgres.newSchema())
                .withOnlyPath("thalweg")
                .root()
                .render(ConfigRenderOptions.defaults().setJson(false).setOriginComments(false))
            + "\n");
  }

  @Test
  void anyNodeOfAClusterAnswersForAllKeys() throws Exception {
    try (TestCluster cluster = TestCluster.start(2, STREAM.formatted("3") + FAST)) {
      ingest(cluster.node(0), "judged", 50);
      assertLikeLive(cluster.node(0), "judged");
      assertLikeLive(cluster.node(1), "judged");
    }
  }

  /** Late samples, duplicates, idle keys, snapshots, and a restart with another definition. */
  private void allAlertsStay(String store) throws Exception {
    String before = store + STREAM.formatted("3") + FAST;
    try (TestNode node = TestNode.start(data, before)) {
      ingest(node, "pumps", 60);
      ingest(node, "judged", 60);
      awaitIdle(node, "pumps");
      awaitIdle(node, "judged");
      ingest(node, "pumps", 10);
    }
    try (TestNode node = TestNode.start(data, store + STREAM.formatted("2.9") + FAST)) {
      ingest(node, "pumps", 60);
      ingest(node, "judged", 60);
      assertThat(late).isPositive();
      assertThat(duplicates).isPositive();
      for (String stream : List.of("pumps", "judged")) {
        assertLikeLive(node, stream);
      }
      assertOthersWithAnotherThreshold(node);
    }
  }

  private static void assertLikeLive(TestNode node, String stream) {
    List<Anomaly> live = new ArrayList<>();
    for (int key = 0; key < KEYS; key++) {
      live.addAll(anomalies(node, stream, "key-" + key));
    }
    assertThat(live).hasSizeGreaterThan(20);
    Result same = run(node, BacktestRequest.newBuilder().setStream(stream));
    assertThat(same.alerts()).extracting(BacktestAlert::getBefore).containsExactlyElementsOf(live);
    assertThat(same.alerts()).extracting(BacktestAlert::getAfter).containsExactlyElementsOf(live);
    assertThat(same.counts().getStay()).isEqualTo(live.size());
    assertThat(same.counts().getDiffer() + same.counts().getAppear()).isZero();
    assertThat(same.counts().getDisappear()).isZero();
    assertThat(same.total().getKeys()).isEqualTo(KEYS);
    assertThat(same.total().getFailed() + same.total().getFromSnapshot()).isZero();
  }

  private static void assertOthersWithAnotherThreshold(TestNode node) {
    long live = run(node, BacktestRequest.newBuilder().setStream("pumps")).alerts().size();
    Result lower = run(node, changed("detector.surprise.threshold=2"));
    assertThat(lower.counts().getAppear()).isPositive();
    assertThat(lower.alerts())
        .filteredOn(alert -> !alert.hasBefore())
        .allSatisfy(
            alert -> {
              assertThat(alert.getAfter().getThreshold()).isGreaterThanOrEqualTo(2);
              assertThat(alert.getAfter().getExplanation()).isNotEmpty();
            });
    Result higher = run(node, changed("detector.threshold=30"));
    assertThat(higher.counts().getDisappear()).isPositive();
    assertThat(higher.counts().getStay() + higher.counts().getDisappear()).isEqualTo(live);
    Result one = run(node, changed("detector.threshold=30").addKeys("key-2"));
    assertThat(one.total().getKeys()).isEqualTo(1);
    assertThat(one.alerts()).extracting(BacktestAlert::getKey).containsOnly("key-2");
    assertThat(run(node, changed("detector.threshold=30").setPrefix("key-")).counts())
        .isEqualTo(higher.counts());
  }

  @Test
  void samplesAreCountedWhileItRunsAndItEndsWithItsCall() throws Exception {
    String slow =
        STREAM.formatted("3")
            + "thalweg.backtest { concurrent-max = 1, events-per-second-max = 20 }";
    try (TestNode node = TestNode.start(data, slow)) {
      ingest(node, "judged", 40);
      Context.CancellableContext call = Context.current().withCancellation();
      Context outer = call.attach();
      Iterator<BacktestUpdate> running = stub(node).runBacktest(changedJudged());
      assertThat(running.next().getBegun().getKeys()).isEqualTo(KEYS);
      call.detach(outer);

      assertThatThrownBy(() -> stub(node).runBacktest(changedJudged()).next())
          .satisfies(
              e -> assertStatus(e, Status.Code.RESOURCE_EXHAUSTED, "1 backtests run on this node"));
      ingest(node, "pumps", 10);
      assertThat(node.get("pumps", "key-0").getVersion()).isEqualTo(10);
      BacktestUpdate next = running.next();
      assertThat(next.hasTotal()).isFalse();

      call.cancel(null);
      Result after = awaitFree(node);
      assertThat(after.total().getKeys()).isEqualTo(1);
      assertItIsNoFasterThanItMay(node);
    }
  }

  /** 40 events at 20 a second, of which the first 20 may come at once. */
  private static void assertItIsNoFasterThanItMay(TestNode node) {
    long began = System.nanoTime();
    Result result = run(node, BacktestRequest.newBuilder().setStream("judged").addKeys("key-0"));
    assertThat(result.counts().getEvents()).isGreaterThanOrEqualTo(40);
    assertThat(result.updates()).filteredOn(BacktestUpdate::hasProgress).hasSizeGreaterThan(5);
    assertThat(result.updates())
        .filteredOn(BacktestUpdate::hasProgress)
        .extracting(update -> update.getProgress().getPart())
        .isSorted()
        .allMatch(part -> part > 0 && part <= 1);
    assertThat(System.nanoTime() - began).isGreaterThan(SECOND);
  }

  @Test
  void whereOldEventsAreGoneItSaysFromWhereItFolded() throws Exception {
    String retention = STREAM.formatted("3") + FAST + "thalweg.journal.retention.enabled = on\n";
    try (TestNode node = TestNode.start(data, retention)) {
      ingest(node, "pumps", 70);
      for (int i = 0; i < 500 && firstEvent(node) == 1; i++) {
        Thread.sleep(20);
      }
      Result same = run(node, BacktestRequest.newBuilder().setStream("pumps").addKeys("key-0"));
      BacktestUpdate key = same.updates().get(same.updates().size() - 2);
      assertThat(key.getKey().getFromSnapshot()).isTrue();
      assertThat(key.getKey().getDetectorNew()).isFalse();
      assertThat(key.getKey().getFromVersion()).isGreaterThan(20);
      assertThat(key.getKey().getToVersion()).isGreaterThanOrEqualTo(70);
      assertThat(same.counts().getDiffer() + same.counts().getAppear()).isZero();
      assertThat(same.counts().getDisappear()).isZero();
      assertThat(same.alerts())
          .extracting(BacktestAlert::getBefore)
          .containsExactlyElementsOf(anomalies(node, "pumps", "key-0"));

      Result other = run(node, changed("detector.threshold=3.5").addKeys("key-0"));
      assertThat(other.total().getFromSnapshot()).isEqualTo(1);
      assertThat(other.total().getDetectorNew()).isEqualTo(1);
    }
  }

  @Test
  void whatIsWrongIsNamed() throws Exception {
    try (TestNode node = TestNode.start(data, STREAM.formatted("3"))) {
      ingest(node, "judged", 1);
      assertRefused(node, changed("detector.surprise.threshold=-1"), "above 0", "-1");
      assertRefused(node, changed("detector.surprise.treshold=1"), "treshold", "no such setting");
      assertRefused(node, changed("nonsense"), "'nonsense' is not of the form SETTING=VALUE");
      assertRefused(node, changed("time-zone=Europe/Atlantis"), "Europe/Atlantis");
      assertRefused(
          node,
          BacktestRequest.newBuilder().setStream("times").addSettings("allowed-disorder=1s"),
          "has no detector");
      assertThatThrownBy(
              () -> run(node, BacktestRequest.newBuilder().setStream("judged").addKeys("none")))
          .satisfies(e -> assertStatus(e, Status.Code.NOT_FOUND, "there is no key 'none'"));
      assertThatThrownBy(() -> run(node, BacktestRequest.newBuilder().setStream("none")))
          .satisfies(e -> assertStatus(e, Status.Code.NOT_FOUND, "there is no stream 'none'"));
    }
  }

  private static void assertRefused(
      TestNode node, BacktestRequest.Builder request, String... parts) {
    assertThatThrownBy(() -> run(node, request))
        .satisfies(e -> assertStatus(e, Status.Code.INVALID_ARGUMENT, parts));
  }

  private static void assertStatus(Throwable thrown, Status.Code code, String... parts) {
    assertThat(thrown).isInstanceOf(StatusRuntimeException.class);
    assertThat(((StatusRuntimeException) thrown).getStatus().getCode()).isEqualTo(code);
    assertThat(thrown.getMessage()).contains(parts);
  }

  private static BacktestRequest.Builder changed(String setting) {
    return BacktestRequest.newBuilder().setStream("pumps").addSettings(setting);
  }

  private static BacktestRequest changedJudged() {
    return BacktestRequest.newBuilder()
        .setStream("judged")
        .addSettings("detector.threshold=2.5")
        .build();
  }

  private static BacktestServiceGrpc.BacktestServiceBlockingStub stub(TestNode node) {
    return BacktestServiceGrpc.newBlockingStub(node.channel())
        .withDeadlineAfter(60, TimeUnit.SECONDS);
  }

  private static Result run(TestNode node, BacktestRequest.Builder request) {
    List<BacktestUpdate> updates = new ArrayList<>();
    stub(node).runBacktest(request.build()).forEachRemaining(updates::add);
    return new Result(updates);
  }

  /** The next one may run as soon as the one before has ended. */
  private static Result awaitFree(TestNode node) throws InterruptedException {
    BacktestRequest.Builder small =
        BacktestRequest.newBuilder().setStream("pumps").addKeys("key-1");
    for (int attempt = 0; ; attempt++) {
      try {
        return run(node, small);
      } catch (StatusRuntimeException e) {
        assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(attempt).as("attempts").isLessThan(100);
        Thread.sleep(50);
      }
    }
  }

  /**
   * Noise with spikes and moved levels in batches, some of which come twice or hold late samples.
   */
  private void ingest(TestNode node, String stream, int batches) {
    for (int batch = 0; batch < batches; batch++) {
      for (int key = 0; key < KEYS; key++) {
        String name = "key-" + key;
        int sequence = sent.merge(stream + name, 1, Integer::sum);
        IngestRequest request = request(stream, "p", sequence, series(stream, name));
        IngestResponse response = node.ingest().ingestBatch(request);
        late += response.getLate();
        if (random.nextInt(10) == 0) {
          duplicates += node.ingest().ingestBatch(request).getDuplicate();
        }
      }
    }
  }

  private Series series(String stream, String key) {
    Series.Builder series = Series.newBuilder().setKey(key);
    int size = 1 + random.nextInt(30);
    double level = random.nextInt(12) == 0 ? 8 : 0;
    for (int i = 0; i < size; i++) {
      long second = seconds.merge(stream + key, 1L, Long::sum);
      long delay = random.nextInt(25) == 0 ? 200 : random.nextInt(3);
      double spike = random.nextInt(80) == 0 ? 30 : 0;
      series
          .addTimeUnixNano((1_000_000 + second - delay) * SECOND)
          .addValues(random.nextGaussian() + level + spike);
    }
    return series.build();
  }

  /** Until each key's windows have closed by themselves. */
  private void awaitIdle(TestNode node, String stream) throws InterruptedException {
    for (int key = 0; key < KEYS; key++) {
      String name = "key-" + key;
      for (int i = 0;
          node.get(stream, name).getVersion() == sent.getOrDefault(stream + name, 0);
          i++) {
        assertThat(i).as("attempts").isLessThan(100);
        Thread.sleep(100);
      }
    }
  }

  private static List<Anomaly> anomalies(TestNode node, String stream, String key) {
    List<Anomaly> anomalies = new ArrayList<>();
    history(node, stream, key)
        .forEachRemaining(
            update -> {
              if (update.hasAnomaly()) {
                anomalies.add(update.getAnomaly());
              }
            });
    return anomalies;
  }

  private static long firstEvent(TestNode node) {
    return history(node, "pumps", "key-0").next().getVersion();
  }

  private static Iterator<Update> history(TestNode node, String stream, String key) {
    return node.query()
        .readHistory(
            ReadHistoryRequest.newBuilder().setStream(stream).setKey(key).setStates(true).build());
  }
}
