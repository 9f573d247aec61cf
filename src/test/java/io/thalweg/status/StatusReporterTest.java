package io.thalweg.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.detect.Anomaly;
import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.Outcome;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.StreamKey;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.stats.Summary;
import io.thalweg.domain.window.Emission;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import io.thalweg.journal.StoreStatus;
import io.thalweg.kafka.KafkaSourceStatus;
import io.thalweg.route.RouteCounters;
import io.thalweg.v1.KafkaSourceReport;
import io.thalweg.v1.NodeReport;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

class StatusReporterTest {
  private static final StreamKey KEY = new StreamKey("payments", "card-0");
  private static final KeyState STATE =
      KeyState.empty(
          new StreamDefinition(
              "payments",
              List.of(
                  new NamedWindow("all", new WindowDefinition.Total(), Emission.OnClose.INSTANCE)),
              Optional.empty(),
              new TimeRules(0, 0, 0, 0),
              1,
              Statistics.BASIC));

  private final ActorTestKit kit = ActorTestKit.create();
  private final AtomicLong nanos = new AtomicLong();
  private final KeyCounters keys = new KeyCounters((key, event, after) -> {});
  private final TestProbe<NodeReport> asker = kit.createTestProbe();
  private volatile StoreStatus store =
      new StoreStatus("postgres", true, 3, 0, 2, 1_500_000, 9_000_000);

  private volatile List<KafkaSourceStatus> kafka = List.of();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void tellsHowKafkaSourcesAreDoing() {
    kafka = List.of(source("z", -1, 0), source("a", 7, 0));
    ActorRef<StatusReporter.Message> reporter = reporter(shards(Map.of()));
    assertThat(ask(reporter).getKafkaSourcesList())
        .extracting(KafkaSourceReport::getName)
        .containsExactly("a", "z");
    nanos.set(2_000_000_000L);
    kafka = List.of(source("a", 7, 50));

    KafkaSourceReport report = ask(reporter).getKafkaSources(0);

    assertThat(report.getLag()).isEqualTo(7);
    assertThat(report.getState()).isEqualTo("retrying");
    assertThat(report.getTrouble()).isEqualTo("no topic");
    assertThat(report.getRecordsPerSecond()).isEqualTo(25);
    assertThat(report.getDeadLetters()).isEqualTo(3);
    assertThat(report.getWaiting()).isEqualTo(7);
    kafka = List.of(source("z", -1, 0));
    assertThat(ask(reporter).getKafkaSources(0).hasLag()).isFalse();
  }

  private static KafkaSourceStatus source(String name, long lag, long records) {
    return new KafkaSourceStatus(
        name, "s", "t", KafkaSourceStatus.State.RETRYING, "no topic", 2, lag, 7, records, 1, 2, 3);
  }

  @Test
  void tellsWhatItsSourcesSay() {
    ActorRef<StatusReporter.Message> reporter = reporter(shards(Map.of("1", 4, "17", 5)));
    assertThat(ask(reporter).getUptimeMillis()).isZero(); // it has read the totals
    nanos.set(2_000_000_000L);
    store = new StoreStatus("postgres", true, 3, 40, 2, 1_500_000, 9_000_000);

    NodeReport report = ask(reporter);

    assertThat(report.getGrpcAddress()).isEqualTo("127.0.0.1:7470");
    assertThat(report.getUptimeMillis()).isEqualTo(2_000);
    assertThat(report.getKeys().getShards()).isEqualTo(2);
    assertThat(report.getKeys().getActive()).isEqualTo(9);
    assertThat(report.getJournal().getStore()).isEqualTo("postgres");
    assertThat(report.getJournal().getWritable()).isTrue();
    assertThat(report.getJournal().getEvents()).isEqualTo(40);
    assertThat(report.getJournal().getEventsPerSecond()).isEqualTo(20);
    assertThat(report.getJournal().getFencedEvents()).isEqualTo(2);
    assertThat(report.getJournal().getWritesWaiting()).isEqualTo(3);
    assertThat(report.getJournal().getFlushP50Micros()).isEqualTo(1_500);
    assertThat(report.getJournal().getFlushP99Micros()).isEqualTo(9_000);
  }

  @Test
  void aStoreWithoutFlushesHasNoTimes() {
    store = new StoreStatus("rocksdb", true, 0, 0, 0, 0, 0);
    NodeReport report = ask(reporter(shards(Map.of())));
    assertThat(report.getJournal().hasFlushP50Micros()).isFalse();
    assertThat(report.getJournal().hasFlushP99Micros()).isFalse();
  }

  @Test
  void shardingThatDoesNotAnswerLeavesTheRest() {
    NodeReport report =
        ask(reporter(CompletableFuture.failedFuture(new TimeoutException("sharding"))));
    assertThat(report.getKeys().hasShards()).isFalse();
    assertThat(report.getKeys().hasActive()).isFalse();
    assertThat(report.getJournal().getStore()).isEqualTo("postgres");
  }

  @Test
  void anomaliesAreCountedAndNothingElse() {
    Sample sample = new Sample(1, 2.0);
    Outcome late = new Outcome.LateSample(sample);
    Outcome anomaly =
        new Outcome.AnomalyRaised(new Anomaly(sample, 9, 4, "z-score", "window", Summary.EMPTY));
    happened(List.of());
    happened(List.of(late, anomaly));
    happened(List.of(anomaly, late, anomaly));
    assertThat(ask(reporter(shards(Map.of()))).getKeys().getAnomalies()).isEqualTo(3);
  }

  private void happened(List<Outcome> outcomes) {
    keys.happened(KEY, new KeyEvent.Idled(Optional.empty(), 1, outcomes), STATE);
  }

  private ActorRef<StatusReporter.Message> reporter(
      CompletionStage<ShardRegion.ShardRegionStats> shards) {
    return kit.spawn(
        StatusReporter.create(
            new StatusSources(
                "127.0.0.1:7470",
                new RouteCounters(),
                keys,
                () -> store,
                () -> kafka,
                () -> List.of(),
                () -> shards,
                nanos::get)));
  }

  private static CompletionStage<ShardRegion.ShardRegionStats> shards(Map<String, Object> keys) {
    return CompletableFuture.completedFuture(
        new ShardRegion.ShardRegionStats(
            scala.collection.immutable.Map.from(CollectionConverters.asScala(keys))));
  }

  private NodeReport ask(ActorRef<StatusReporter.Message> reporter) {
    reporter.tell(new StatusReporter.Message.Ask(asker.ref()));
    return asker.receiveMessage();
  }
}
