package io.thalweg.cli.output;

import io.thalweg.v1.DetectorDefinition;
import io.thalweg.v1.StatisticsDefinition;
import io.thalweg.v1.StreamDefinition;
import io.thalweg.v1.ThresholdDetector;
import io.thalweg.v1.WindowDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Streams' definitions as text for people. */
public final class StreamText {
  private StreamText() {}

  /** A row for each window; what holds for all of a stream's windows stands in the first one's. */
  public static Table table(List<StreamDefinition> streams) {
    Table table =
        new Table("STREAM", "WINDOW", "DISORDER", "LATENESS", "IDLE", "STATISTICS", "DETECTOR");
    for (StreamDefinition stream : streams) {
      List<WindowDefinition> windows =
          stream.getWindowsCount() == 0 ? List.of(stream.getWindow()) : stream.getWindowsList();
      table.row(
          stream.getStream(),
          of(windows.getFirst()),
          Times.duration(stream.getAllowedDisorderNanos()),
          Times.duration(stream.getAllowedLatenessNanos()),
          stream.getIdleTimeoutNanos() == 0
              ? "never"
              : Times.duration(stream.getIdleTimeoutNanos()),
          of(stream.getStatistics()),
          stream.hasDetector() ? of(stream.getDetector()) : "none");
      windows
          .subList(1, windows.size())
          .forEach(window -> table.row("", of(window), "", "", "", "", ""));
    }
    return table;
  }

  private static String of(WindowDefinition window) {
    return (window.getName().isEmpty() ? "" : window.getName() + ": ")
        + kind(window)
        + early(window);
  }

  private static String kind(WindowDefinition window) {
    return switch (window.getKindCase()) {
      case SLIDING_COUNT -> "the last " + window.getSlidingCount().getSize() + " samples";
      case SLIDING_TIME ->
          Times.duration(window.getSlidingTime().getSizeNanos())
              + " every "
              + Times.duration(window.getSlidingTime().getSlideNanos())
              + offset(window.getSlidingTime().getOffsetNanos());
      case TUMBLING ->
          "each "
              + Times.duration(window.getTumbling().getSizeNanos())
              + offset(window.getTumbling().getOffsetNanos());
      case SESSION -> "sessions " + Times.duration(window.getSession().getGapNanos()) + " apart";
      case TUMBLING_COUNT -> "each " + window.getTumblingCount().getSize() + " samples";
      case TOTAL -> "all samples";
      case KIND_NOT_SET -> "unknown";
    };
  }

  private static String offset(long nanos) {
    return nanos == 0 ? "" : " from " + Times.duration(nanos);
  }

  private static String early(WindowDefinition window) {
    return switch (window.getEarlyCase()) {
      case EVERY_NANOS -> ", told every " + Times.duration(window.getEveryNanos());
      case EVERY_BATCH -> ", told with every batch";
      case EARLY_NOT_SET -> "";
    };
  }

  private static String of(StatisticsDefinition statistics) {
    List<String> kept = new ArrayList<>();
    kept.add("basic");
    if (statistics.getEnds()) {
      kept.add("ends");
    }
    if (statistics.getRate()) {
      kept.add("rate");
    }
    if (statistics.getShape()) {
      kept.add("shape");
    }
    if (statistics.getQuantilesCount() > 0) {
      kept.add(
          statistics.getQuantilesList().stream()
              .map(Numbers::text)
              .collect(Collectors.joining(" ", "quantiles ", "")));
    }
    if (statistics.hasEwmaHalfLifeNanos()) {
      kept.add("ewma " + Times.duration(statistics.getEwmaHalfLifeNanos()));
    }
    return String.join(", ", kept);
  }

  private static String of(DetectorDefinition detector) {
    return switch (detector.getKindCase()) {
      case Z_SCORE ->
          "z-score over "
              + Numbers.text(detector.getZScore().getThreshold())
              + " from "
              + detector.getZScore().getMinSamples()
              + " samples on"
              + (detector.getWindow().isEmpty() ? "" : ", of " + detector.getWindow());
      case EWMA ->
          "ewma over "
              + Numbers.text(detector.getEwma().getThreshold())
              + " from "
              + detector.getEwma().getMinSamples()
              + " samples on, alpha "
              + Numbers.text(detector.getEwma().getAlpha());
      case THRESHOLD -> limits(detector.getThreshold());
      case SURPRISE ->
          "surprise over "
              + Numbers.text(detector.getSurprise().getThreshold())
              + (detector.getSurprise().getPointResidual() ? ", also of single samples" : "");
      case KIND_NOT_SET -> "unknown";
    };
  }

  private static String limits(ThresholdDetector threshold) {
    List<String> limits = new ArrayList<>();
    if (threshold.hasAbove()) {
      limits.add("above " + Numbers.text(threshold.getAbove()));
    }
    if (threshold.hasBelow()) {
      limits.add("below " + Numbers.text(threshold.getBelow()));
    }
    return String.join(" or ", limits);
  }
}
