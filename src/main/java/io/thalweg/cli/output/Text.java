package io.thalweg.cli.output;

import io.thalweg.v1.Anomaly;
import io.thalweg.v1.KeyState;
import io.thalweg.v1.Sample;
import io.thalweg.v1.StreamDefinition;
import io.thalweg.v1.Summary;
import io.thalweg.v1.Update;
import io.thalweg.v1.Window;
import io.thalweg.v1.WindowDefinition;
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
    return lines;
  }

  /** What happened, on one line. */
  public static String of(Update update) {
    String what =
        switch (update.getOutcomeCase()) {
          case WINDOW_CLOSED -> "window   " + of(update.getWindowClosed());
          case ANOMALY -> "anomaly  " + of(update.getAnomaly());
          case LATE_SAMPLE -> "late     " + of(update.getLateSample());
          case STATE -> "state    " + of(update.getState().getTotal());
          case SKIPPED -> "skipped  " + update.getSkipped() + " updates: too slow to take them";
          case OUTCOME_NOT_SET -> "unknown  a newer server sends what this version can't show";
        };
    return update.getKey() + "  v" + update.getVersion() + "  " + what;
  }

  public static String of(Anomaly anomaly) {
    return of(anomaly.getSample())
        + "  score "
        + Numbers.text(anomaly.getScore())
        + " over "
        + Numbers.text(anomaly.getThreshold())
        + "  against "
        + of(anomaly.getEvidence());
  }

  public static Table streams(List<StreamDefinition> streams) {
    Table table = new Table("STREAM", "WINDOW", "DISORDER", "DETECTOR");
    for (StreamDefinition stream : streams) {
      table.row(
          stream.getStream(),
          of(stream.getWindow()),
          Times.duration(stream.getAllowedDisorderNanos()),
          detector(stream));
    }
    return table;
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
        + Numbers.text(summary.getMax());
  }

  private static String of(Window window) {
    return (window.getClosed() ? "closed " : "open   ")
        + Times.iso(window.getStartUnixNano())
        + " – "
        + Times.iso(window.getEndUnixNano())
        + "  "
        + of(window.getSummary());
  }

  private static String of(Sample sample) {
    return Times.iso(sample.getTimeUnixNano()) + "  " + Numbers.text(sample.getValue());
  }

  private static String of(WindowDefinition window) {
    return switch (window.getKindCase()) {
      case SLIDING_COUNT -> "the last " + window.getSlidingCount().getSize() + " samples";
      case SLIDING_TIME ->
          Times.duration(window.getSlidingTime().getSizeNanos())
              + " every "
              + Times.duration(window.getSlidingTime().getSlideNanos());
      case KIND_NOT_SET -> "unknown";
    };
  }

  private static String detector(StreamDefinition stream) {
    var zScore = stream.getDetector().getZScore();
    return stream.getDetector().hasZScore()
        ? "z-score over "
            + Numbers.text(zScore.getThreshold())
            + " from "
            + zScore.getMinSamples()
            + " samples on"
        : "none";
  }

  private static void fact(List<String> lines, String name, String value) {
    lines.add(String.format("%-10s %s", name, value));
  }
}
