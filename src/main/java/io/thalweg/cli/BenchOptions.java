package io.thalweg.cli;

import io.thalweg.cli.bench.CountWorkload;
import io.thalweg.cli.bench.Distribution;
import io.thalweg.cli.bench.Plan;
import io.thalweg.cli.bench.TimeWorkload;
import io.thalweg.cli.bench.Workload;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;

/** What load is made. */
final class BenchOptions {
  private static final String MAX = "max";

  /** In a closed loop large requests cost least; an open loop sends often. */
  private static final int CLOSED_SERIES = 1_000;

  private static final int OPEN_SERIES = 100;
  private static final int COUNT_SIZE = 100;
  private static final int TIME_SIZE = 60;

  /** The workloads by their letters. */
  enum Kind {
    C,
    T
  }

  @Option(
      names = {"-w", "--workload"},
      paramLabel = "C|T",
      defaultValue = "C",
      description = {
        "C: each key's newest samples; mean, variance and each sample's z-score.",
        "T: windows of event time that hop by 1 s, a sample in each second of a key, up to 2 s of"
            + " disorder. Default: C."
      })
  private Kind workload = Kind.C;

  @Option(
      names = "--window",
      paramLabel = "N",
      description = "The window's samples (of C; default: 100) or seconds (of T; default: 60).")
  private Optional<Integer> window = Optional.empty();

  @Option(
      names = {"-r", "--rate"},
      paramLabel = "max|N",
      defaultValue = MAX,
      description = {
        "max: as fast as the server takes it (closed loop).",
        "N: so many samples a second, whatever the server does (open loop); latency counts from when"
            + " a request was due. Default: max."
      })
  private String rate = MAX;

  @Option(
      names = {"-k", "--keys"},
      paramLabel = "N",
      defaultValue = "10000",
      description = "Keys that the load is spread over. Default: 10000.")
  private int keys;

  @Option(
      names = "--distribution",
      paramLabel = "uniform|zipf|moving",
      defaultValue = "uniform",
      description = {
        "How often each key comes; zipf: the n-th as often as 1/n; moving: a tenth of the keys at a"
            + " time, each of them ten times on average, and then the next ones. Default: uniform."
      })
  private Distribution distribution = Distribution.UNIFORM;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of the order in which keys come. Default: 1.")
  private long seed;

  @Option(
      names = "--hot-key",
      paramLabel = "FRACTION",
      description = {
        "One more key takes this part of the load, by a producer of its own; latencies are then also"
            + " told separately.",
      })
  private Optional<Double> hotKey = Optional.empty();

  @Option(
      names = "--series-per-batch",
      paramLabel = "N",
      description = {
        "Series in a request; a key that is drawn twice for it has one, with the samples of both."
            + " Default: 1000, in an open loop 100.",
      })
  private Optional<Integer> seriesPerBatch = Optional.empty();

  @Option(
      names = "--samples-per-series",
      paramLabel = "N",
      defaultValue = "1",
      description = "Samples in each series of a request. Default: 1.")
  private int samplesPerSeries;

  @Option(
      names = "--producers",
      paramLabel = "N",
      defaultValue = "4",
      description =
          "Producers, each with a thread, a call and keys of its own. Default: 4, or one for each key"
              + " where there are fewer.")
  private int producers;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "Connections that the producers share. Default: 1, or one to each endpoint.")
  private Optional<Integer> connections = Optional.empty();

  @Option(
      names = "--in-flight",
      paramLabel = "N",
      defaultValue = "200000",
      description = "Samples that may be unacknowledged, of all producers. Default: 200000.")
  private int inFlight;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "Load before the measurement. Default: 10.")
  private int warmUp;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "30",
      description = "How long to measure. Default: 30.")
  private int seconds;

  @Option(
      names = "--check-windows",
      paramLabel = "N",
      defaultValue = "1000000",
      description =
          "So many closed windows are checked in the journal at most, key by key; states always are,"
              + " of all keys. Default: 1000000.")
  private long checkWindows;

  @Option(
      names = "--live-heap",
      description =
          "After the load, collect the garbage of the server (--server-pid) and tell what is left,"
              + " also by active key. Needs a JDK.")
  private boolean liveHeap;

  /**
   * @param endpoints that the load goes to
   * @throws IllegalArgumentException if a value is out of its bounds
   */
  Plan plan(int endpoints) {
    OptionalDouble perSecond = rate();
    int senders = Math.min(producers, Math.max(1, keys));
    return new Plan(
        workload(),
        perSecond,
        keys,
        distribution,
        seed,
        hotKey.map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
        seriesPerBatch.orElse(perSecond.isPresent() ? OPEN_SERIES : CLOSED_SERIES),
        samplesPerSeries,
        senders,
        connections.orElse(Math.min(senders, endpoints)),
        inFlight,
        warmUp,
        seconds,
        checkWindows,
        liveHeap);
  }

  private Workload workload() {
    return switch (workload) {
      case C -> new CountWorkload(window.orElse(COUNT_SIZE));
      case T -> new TimeWorkload(window.orElse(TIME_SIZE));
    };
  }

  private OptionalDouble rate() {
    if (rate.equalsIgnoreCase(MAX)) {
      return OptionalDouble.empty();
    }
    try {
      return OptionalDouble.of(Double.parseDouble(rate));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("--rate must be max or a number, not " + rate, e);
    }
  }
}
