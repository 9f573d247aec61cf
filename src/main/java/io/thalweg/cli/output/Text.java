package io.thalweg.cli.output;

import io.thalweg.v1.Anomaly;
import io.thalweg.v1.KeyState;
import io.thalweg.v1.Quantile;
import io.thalweg.v1.Sample;
import io.thalweg.v1.Summary;
import io.thalweg.v1.Update;
import io.thalweg.v1.Window;
import java.util.ArrayList;
import java.util.List;

/** Answers as text for people. */
public final class Text {
  private Text() {}

  /** A key's facts, one in each line. */
  public static List<String> of(KeyState state) {
    List<String> lines = new ArrayList<>();
    fact(lines, "key", state.getKey());
    fact(lines, "stream", state.getStream());
    fact(lines, "version", String.valueOf(state.getVersion()));
    if (state.hasWatermarkUnixNano()) {
      fact(lines, "watermark", Times.iso(state.getWatermarkUnixNano()));
    }
    fact(lines, "total", of(state.getTotal()));
    state.getWindowsList().forEach(window -> fact(lines, "window", of(window)));
    if (state.hasLast()) {
      fact(lines, "last", of(state.getLast()));
    }
    fact(lines, "late", String.valueOf(state.getLate()));
    fact(lines, "anomalies", String.valueOf(state.getAnomalies()));
    if (state.hasLastAnomaly()) {
      fact(lines, "anomaly", of(state.getLastAnomaly()));
    }
    return lines;
  }

  /** What happened, on one line. */
  public static String of(Update update) {
    String what =
        switch (update.getOutcomeCase()) {
          case WINDOW_CLOSED -> "window   " + of(update.getWindowClosed());
          case WINDOW_UPDATED -> "window   " + of(update.getWindowUpdated());
          case ANOMALY -> "anomaly  " + of(update.getAnomaly());
          case LATE_SAMPLE -> "late     " + of(update.getLateSample());
          case STATE -> "state    " + of(update.getState().getTotal());
          case SKIPPED -> skipped(update);
          case OUTCOME_NOT_SET -> "unknown  a newer server sends what this version can't show";
        };
    return update.getKey() + "  v" + update.getVersion() + "  " + what;
  }

  private static String skipped(Update update) {
    return update.getKey().isEmpty()
        ? "skipped  some updates, of which keys is not known: a node was lost"
        : "skipped  " + update.getSkipped() + " updates: too slow to take them";
  }

  public static String of(Anomaly anomaly) {
    return of(anomaly.getSample())
        + "  score "
        + Numbers.text(anomaly.getScore())
        + " over "
        + Numbers.text(anomaly.getThreshold())
        + "  "
        + why(anomaly);
  }

  /** What made it one. */
  public static String why(Anomaly anomaly) {
    return anomaly.hasExplanation()
        ? anomaly.getView() + ": " + anomaly.getExplanation()
        : "against " + of(anomaly.getEvidence());
  }

  public static String of(Summary summary) {
    if (summary.getCount() == 0) {
      return "n 0";
    }
    return "n "
        + summary.getCount()
        + "  mean "
        + Numbers.text(summary.getMean())
        + "  deviation "
        + Numbers.text(Numbers.deviation(summary))
        + "  min "
        + Numbers.text(summary.getMin())
        + "  max "
        + Numbers.text(summary.getMax())
        + details(summary);
  }

  /** Those that were asked for. */
  private static String details(Summary summary) {
    StringBuilder text = new StringBuilder();
    if (summary.hasFirst()) {
      number(text, "first", summary.getFirst().getValue());
    }
    if (summary.hasLast()) {
      number(text, "last", summary.getLast().getValue());
    }
    if (summary.hasRatePerSecond()) {
      number(text, "rate/s", summary.getRatePerSecond());
    }
    if (summary.hasSkewness()) {
      number(text, "skewness", summary.getSkewness());
    }
    if (summary.hasKurtosis()) {
      number(text, "kurtosis", summary.getKurtosis());
    }
    for (Quantile quantile : summary.getQuantilesList()) {
      number(text, "q" + Numbers.text(quantile.getRank()), quantile.getValue());
    }
    if (summary.hasEwmaMean()) {
      number(text, "ewma mean", summary.getEwmaMean());
    }
    if (summary.hasEwmaVariance()) {
      number(text, "ewma deviation", Math.sqrt(Math.max(0, summary.getEwmaVariance())));
    }
    return text.toString();
  }

  private static void number(StringBuilder text, String name, double value) {
    text.append("  ").append(name).append(' ').append(Numbers.text(value));
  }

  private static String of(Window window) {
    return (window.getName().isEmpty() ? "" : window.getName() + "  ")
        + state(window)
        + "  "
        + Times.iso(window.getStartUnixNano())
        + " – "
        + Times.iso(window.getEndUnixNano())
        + "  "
        + of(window.getSummary());
  }

  private static String state(Window window) {
    if (window.getEarly()) {
      return "early ";
    }
    if (!window.getClosed()) {
      return "open  ";
    }
    return window.getRevision() == 0 ? "closed" : "closed again, revision " + window.getRevision();
  }

  private static String of(Sample sample) {
    return Times.iso(sample.getTimeUnixNano()) + "  " + Numbers.text(sample.getValue());
  }

  private static void fact(List<String> lines, String name, String value) {
    lines.add(String.format("%-10s %s", name, value));
  }
}
