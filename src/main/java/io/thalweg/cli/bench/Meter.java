package io.thalweg.cli.bench;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Says how a run goes, for people: what has happened since it was asked before. */
final class Meter {
  private final Ticker ticker;
  private final Traffic traffic;
  private final Latencies others;
  private final Latencies hot;
  private long lastNanos;
  private long lastSamples;

  Meter(Ticker ticker, Traffic traffic, Latencies others, Latencies hot) {
    this.ticker = ticker;
    this.traffic = traffic;
    this.others = others;
    this.hot = hot;
    this.lastNanos = ticker.nanoTime();
  }

  String line(long second, boolean warmUp) {
    long now = ticker.nanoTime();
    long samples = traffic.answered();
    Histogram latencies = Latencies.sum(others.takeNew(), hot.takeNew());
    String line =
        String.format(
            Locale.ROOT,
            "%4d s  %,11.0f samples/s  p99 %9s ms  %,9d in flight%s",
            second,
            (samples - lastSamples) * 1e9 / (now - lastNanos),
            latencies.getTotalCount() == 0 ? "–" : p99(latencies),
            traffic.inFlight(),
            warmUp ? "  (warm-up)" : "");
    lastNanos = now;
    lastSamples = samples;
    return line;
  }

  private static String p99(Histogram micros) {
    return String.format(Locale.ROOT, "%,.1f", micros.getValueAtPercentile(99) / 1e3);
  }
}
