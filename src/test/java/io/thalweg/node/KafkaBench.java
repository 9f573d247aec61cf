package io.thalweg.node;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Topics under load and in trouble, with a real broker and the packaged program: {@code
 * src/bench/kafka} runs it. Progress goes to standard error; the results, a table and then a JSON
 * document, to standard output. Whatever is measured, all counts are verified: a run in which one
 * is wrong ends with 1.
 */
@Command(name = "kafka")
final class KafkaBench {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double MICROS = 1e3;
  private static final double MEGABYTE = 1e6;

  private KafkaBench() {}

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new KafkaBench())
            .setExecutionExceptionHandler(
                (failure, line, parsed) -> {
                  failure.printStackTrace();
                  return 1;
                })
            .execute(arguments));
  }

  /** What a run does in a folder of its own, which is deleted after it if all was well. */
  private interface Work {
    void in(Path folder) throws Exception;
  }

  private static int within(Work work) throws Exception {
    Path folder = Files.createTempDirectory("thalweg-kafka");
    try {
      work.in(folder);
    } catch (Exception | AssertionError failure) {
      System.err.println("what it left is in " + folder);
      failure.printStackTrace();
      return 1;
    }
    delete(folder);
    return 0;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private static void row(String measured, String format, Object... figures) {
    System.out.printf(
        Locale.ROOT, "%-58s %s%n", measured, String.format(Locale.ROOT, format, figures));
  }

  private static void document(ObjectNode json) throws IOException {
    json.put("cores", Runtime.getRuntime().availableProcessors());
    System.out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json));
  }

  @Command(name = "kills")
  int kills(
      @Option(names = "--samples") @Nullable Long samples,
      @Option(names = "--kills") @Nullable Integer kills,
      @Option(names = "--nodes", defaultValue = "2") int nodes,
      @Option(names = "--keys", defaultValue = "500") int keys,
      @Option(names = "--seed") @Nullable Long seed,
      @Option(names = "--short") boolean isShort)
      throws Exception {
    KafkaKills.Plan plan =
        new KafkaKills.Plan(
            nodes,
            samples != null ? samples : isShort ? 60_000 : 2_000_000,
            keys,
            kills != null ? kills : isShort ? 1 : 10,
            seed != null ? seed : System.nanoTime());
    System.err.println("seed " + plan.seed() + " (--seed " + plan.seed() + " repeats it)");
    return within(
        folder -> {
          KafkaKills.Outcome outcome = KafkaKills.run(folder, plan, System.err::println);
          row("seed", "%d", plan.seed());
          row("samples, each counted exactly once", "%,d", outcome.samples());
          row("kills -9 of a node", "%,d", outcome.kills());
          row("rebalances, at least", "%,d", outcome.rebalances());
          row(
              "samples read again and dropped, by nodes alive at the end",
              "%,d",
              outcome.duplicates());
          row("anomalies in the journal, all of them in the topic", "%,d", outcome.anomalies());
          row("  told again, with the same id and bytes", "%,d", outcome.repeats());
          row("seconds", "%,.0f", outcome.seconds());
          document(
              JSON.createObjectNode()
                  .put("seed", plan.seed())
                  .put("nodes", plan.nodes())
                  .put("keys", plan.keys())
                  .put("samples", outcome.samples())
                  .put("kills", outcome.kills())
                  .put("rebalances", outcome.rebalances())
                  .put("duplicates", outcome.duplicates())
                  .put("anomalies", outcome.anomalies())
                  .put("repeats", outcome.repeats())
                  .put("lost", 0)
                  .put("doubled", 0)
                  .put("seconds", outcome.seconds()));
        });
  }

  @Command(name = "throughput")
  int throughput(
      @Option(names = "--keys", defaultValue = "10000") int keys,
      @Option(names = "--records") @Nullable Long records,
      @Option(names = "--warm-up") @Nullable Long warmUp,
      @Option(names = "--runs") @Nullable Integer runs,
      @Option(names = "--short") boolean isShort)
      throws Exception {
    long all = records != null ? records : isShort ? 300_000 : 6_000_000;
    KafkaThroughput.Plan plan =
        new KafkaThroughput.Plan(
            keys, all, warmUp != null ? warmUp : all / 3, runs != null ? runs : isShort ? 1 : 3);
    return within(
        folder -> {
          List<KafkaThroughput.Run> measured =
              KafkaThroughput.run(folder, plan, System.err::println);
          double rate = median(measured, KafkaThroughput.Run::perSecond);
          double warm = median(measured, KafkaThroughput.Run::perSecondWarm);
          double node = median(measured, KafkaThroughput.Run::nodeCpuSeconds);
          double broker = median(measured, KafkaThroughput.Run::brokerCpuSeconds);
          row("samples/s from topic to durable state, median", "%,.0f", rate);
          row("  behind the first %,d".formatted(plan.warmUp()), "%,.0f", warm);
          double perEvent = median(measured, KafkaThroughput.Run::samplesPerEvent);
          row("samples per event", "%.2f", perEvent);
          row("CPU s per million samples: node", "%.2f", node);
          row("  broker", "%.2f", broker);
          row("runs; all counts and sums of their keys are right", "%,d", plan.runs());
          document(
              JSON.createObjectNode()
                  .put("samples_per_second", Math.round(rate))
                  .put("samples_per_second_warm", Math.round(warm))
                  .put("samples_per_event", perEvent)
                  .put("cpu_seconds_per_million_node", node)
                  .put("cpu_seconds_per_million_broker", broker)
                  .put("keys", plan.keys())
                  .put("records", plan.records())
                  .put("warm_up", plan.warmUp())
                  .put("runs", plan.runs()));
        });
  }

  @Command(name = "latency")
  int latency(
      @Option(names = "--keys", defaultValue = "10000") int keys,
      @Option(names = "--rate") @Nullable Long rate,
      @Option(names = "--warm-up") @Nullable Integer warmUp,
      @Option(names = "--seconds") @Nullable Integer seconds,
      @Option(names = "--short") boolean isShort)
      throws Exception {
    KafkaLatency.Plan plan =
        new KafkaLatency.Plan(
            keys,
            rate != null ? rate : isShort ? 2_000 : 20_000,
            warmUp != null ? warmUp : isShort ? 3 : 60,
            seconds != null ? seconds : isShort ? 3 : 30);
    return within(
        folder -> {
          Histogram micros = KafkaLatency.run(folder, plan, System.err::println);
          row("records a second, from topic to topic", "%,d", plan.rate());
          row("results measured; none of all is missing", "%,d", micros.getTotalCount());
          ObjectNode json = JSON.createObjectNode();
          for (double percentile : new double[] {50, 99, 99.9, 100}) {
            double millis = micros.getValueAtPercentile(percentile) / MICROS;
            String name =
                percentile == 100 ? "max" : "p" + String.valueOf(percentile).replace(".0", "");
            row(name + ", ms", "%,.1f", millis);
            json.put(name.replace(".", "") + "_ms", millis);
          }
          document(
              json.put("rate", plan.rate())
                  .put("keys", plan.keys())
                  .put("warm_up_seconds", plan.warmUp())
                  .put("seconds", plan.seconds()));
        });
  }

  @Command(name = "stall")
  int stall(
      @Option(names = "--keys", defaultValue = "1000") int keys,
      @Option(names = "--rate") @Nullable Long rate,
      @Option(names = "--seconds") @Nullable Integer seconds,
      @Option(names = "--short") boolean isShort)
      throws Exception {
    KafkaStall.Plan plan =
        new KafkaStall.Plan(
            keys,
            rate != null ? rate : isShort ? 2_000 : 20_000,
            seconds != null ? seconds : isShort ? 10 : 30,
            "120s");
    return within(
        folder -> {
          KafkaStall.Outcome outcome = KafkaStall.run(folder, plan, System.err::println);
          row("seconds for which the database stood", "%,d", plan.stallSeconds());
          row("samples, each counted exactly once", "%,d", outcome.samples());
          row("records read and not durable, at most", "%,d", outcome.bufferedMax());
          row("lag, at most", "%,d", outcome.lagMax());
          row("live heap before, MB", "%.1f", outcome.heapBefore() / MEGABYTE);
          row("  at the end of the stall", "%.1f", outcome.heapDuring() / MEGABYTE);
          row("  when all was durable", "%.1f", outcome.heapAfter() / MEGABYTE);
          row("status told of it", "%s", outcome.isTold() ? "yes" : "no");
          row("seconds until all was durable", "%.1f", outcome.secondsToCatchUp());
          document(
              JSON.createObjectNode()
                  .put("stmeasuredseconds", plan.stallSeconds())
                  .put("rate", plan.rate())
                  .put("keys", plan.keys())
                  .put("samples", outcome.samples())
                  .put("buffered_records_max", outcome.bufferedMax())
                  .put("lag_max", outcome.lagMax())
                  .put("live_heap_before", outcome.heapBefore())
                  .put("live_heap_during", outcome.heapDuring())
                  .put("live_heap_after", outcome.heapAfter())
                  .put("told", outcome.isTold())
                  .put("catch_up_seconds", outcome.secondsToCatchUp()));
        });
  }

  private static double median(
      List<KafkaThroughput.Run> runs, ToDoubleFunction<KafkaThroughput.Run> figure) {
    List<Double> sorted =
        new ArrayList<>(runs.stream().map(figure::applyAsDouble).sorted().toList());
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
