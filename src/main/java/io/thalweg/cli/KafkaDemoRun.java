package io.thalweg.cli;

import io.thalweg.cli.kafka.AnomalyReader;
import io.thalweg.cli.kafka.DemoTopics;
import io.thalweg.cli.kafka.SampleWriter;
import io.thalweg.cli.output.Numbers;
import io.thalweg.client.ThalwegClient;
import io.thalweg.client.ThalwegException;
import io.thalweg.client.Updates;
import io.thalweg.v1.KafkaSinkReport;
import io.thalweg.v1.KafkaSourceReport;
import io.thalweg.v1.NodeReport;
import io.thalweg.v1.NodeStatus;
import io.thalweg.v1.ReadHistoryRequest;
import io.thalweg.v1.Update;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Writes the series to their topic, follows the node that reads them and the topic that it writes
 * its anomalies to, and then compares the two ends.
 */
final class KafkaDemoRun {
  /** Keys whose first anomaly is shown as it comes. */
  private static final int SHOWN = 5;

  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration TELL_EVERY = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ThalwegClient client;
  private final DemoTopics topics;
  private final List<DemoSeries> series;
  private final Consumer<String> lines;
  private final SampleWriter writer;
  private final AnomalyReader reader;

  private final Set<String> shown = new HashSet<>();
  private long told = System.nanoTime();
  private long progressed = System.nanoTime();
  private String lastProgress = "";
  private String lastTrouble = "";
  private boolean stalled;

  /**
   * @param lines takes what is to be told as it goes
   */
  KafkaDemoRun(
      ThalwegClient client,
      String bootstrap,
      DemoTopics topics,
      List<DemoSeries> series,
      Consumer<String> lines) {
    this.client = client;
    this.topics = topics;
    this.series = series;
    this.lines = lines;
    this.writer = new SampleWriter(bootstrap, DemoTopics.SAMPLES);
    this.reader =
        new AnomalyReader(bootstrap, DemoTopics.ANOMALIES, DemoTopics.ANOMALIES_PARTITIONS);
  }

  /**
   * Runs it once. If nothing happens for a minute, it compares what there is.
   *
   * @throws IOException if the series can't be read, or not be written to their topic
   */
  KafkaDemoResult run() throws IOException, InterruptedException {
    long start = System.nanoTime();
    try (writer;
        reader) {
      CompletableFuture<Void> writing = write();
      while (!stalled && (!writing.isDone() || topics.lag() > 0)) {
        step();
        failIfFailed(writing);
      }
      Map<String, Map<Long, Integer>> journal = journal();
      long anomalies = journal.values().stream().mapToLong(KafkaDemoRun::sum).sum();
      while (!stalled && (reader.distinct() < anomalies || !reader.isAtEnd())) {
        step();
      }
      tell();
      double seconds = (System.nanoTime() - start) / 1e9;
      return new KafkaDemoResult(keys(journal), reader.records(), reader.distinct(), seconds);
    }
  }

  /** On a thread of its own. */
  private CompletableFuture<Void> write() {
    CompletableFuture<Void> writing = new CompletableFuture<>();
    Thread.ofPlatform()
        .daemon()
        .name("write-samples")
        .start(
            () -> {
              try {
                for (DemoSeries one : series) {
                  one.source().samples(one.mapping(), bytes -> {}, writer);
                }
                writer.finish();
                writing.complete(null);
              } catch (IOException | RuntimeException failure) {
                writing.completeExceptionally(failure);
              }
            });
    return writing;
  }

  private static void failIfFailed(CompletableFuture<Void> writing)
      throws IOException, InterruptedException {
    if (writing.isCompletedExceptionally()) {
      try {
        writing.get();
      } catch (ExecutionException failure) {
        if (failure.getCause() instanceof IOException known) {
          throw known;
        }
        throw new IllegalStateException(failure.getCause());
      }
    }
  }

  /** Waits for anomalies for a moment, and tells what there is to tell. */
  private void step() throws IOException, InterruptedException {
    for (AnomalyReader.Told anomaly : reader.poll(POLL)) {
      if (shown.size() < SHOWN && shown.add(anomaly.key())) {
        lines.accept("  anomaly  " + text(anomaly));
      }
    }
    if (System.nanoTime() - told >= TELL_EVERY.toNanos()) {
      tell();
    }
  }

  private void tell() throws IOException, InterruptedException {
    told = System.nanoTime();
    List<NodeReport> reports =
        client.queries().getStatus().getNodesList().stream()
            .filter(NodeStatus::hasReport)
            .map(NodeStatus::getReport)
            .toList();
    long counted =
        reports.stream()
            .flatMap(report -> report.getKafkaSourcesList().stream())
            .mapToLong(KafkaSourceReport::getSamples)
            .sum();
    String progress =
        String.format(
            Locale.ROOT,
            "  %,9d written  %,9d counted  %,9d lag  %,5d anomalies in the topic",
            writer.written(),
            counted,
            topics.lag(),
            reader.distinct());
    lines.accept(progress);
    String trouble = trouble(reports);
    if (!trouble.equals(lastTrouble)) {
      lastTrouble = trouble;
      lines.accept(trouble.isEmpty() ? "  all is well again" : "  " + trouble);
    }
    watch(progress);
  }

  private void watch(String progress) {
    if (!progress.equals(lastProgress)) {
      lastProgress = progress;
      progressed = System.nanoTime();
    } else if (System.nanoTime() - progressed > PATIENCE.toNanos()) {
      lines.accept("  nothing has happened for " + PATIENCE.toSeconds() + " s");
      stalled = true;
    }
  }

  private static String trouble(List<NodeReport> reports) {
    return String.join(
        "; ",
        reports.stream()
            .flatMap(
                report ->
                    Stream.concat(
                        report.getKafkaSourcesList().stream().map(KafkaSourceReport::getTrouble),
                        report.getKafkaSinksList().stream().map(KafkaSinkReport::getTrouble)))
            .filter(trouble -> !trouble.isEmpty())
            .toList());
  }

  private static String text(AnomalyReader.Told anomaly) {
    return "%s  %s  value %s  score %s  %s"
        .formatted(
            anomaly.key(),
            anomaly.time(),
            Numbers.text(anomaly.value()),
            DemoReport.score(anomaly.score()),
            anomaly.why());
  }

  /** How many anomalies each version of each key has caused. */
  private Map<String, Map<Long, Integer>> journal() {
    Map<String, Map<Long, Integer>> journal = new TreeMap<>();
    for (DemoSeries one : series) {
      Map<Long, Integer> ofKey = new TreeMap<>();
      ReadHistoryRequest whole =
          ReadHistoryRequest.newBuilder().setStream(DemoNode.STREAM).setKey(one.key()).build();
      try (Updates history = client.queries().readHistory(whole)) {
        while (history.hasNext()) {
          Update update = history.next();
          if (update.hasAnomaly()) {
            ofKey.merge(update.getVersion(), 1, Integer::sum);
          }
        }
      }
      journal.put(one.key(), ofKey);
    }
    return journal;
  }

  private List<KafkaDemoResult.Key> keys(Map<String, Map<Long, Integer>> journal) {
    List<KafkaDemoResult.Key> keys = new ArrayList<>();
    for (DemoSeries one : series) {
      keys.add(
          new KafkaDemoResult.Key(
              one.key(),
              writer.written(one.key()),
              counted(one.key()),
              journal.getOrDefault(one.key(), Map.of()),
              reader.byVersion(one.key())));
    }
    return keys;
  }

  private long counted(String key) {
    try {
      return client.queries().getKey(DemoNode.STREAM, key).getTotal().getCount();
    } catch (ThalwegException refused) {
      return switch (refused.code()) {
        case NOT_FOUND -> 0;
        default -> throw refused;
      };
    }
  }

  private static long sum(Map<Long, Integer> counts) {
    return counts.values().stream().mapToLong(Integer::longValue).sum();
  }
}
