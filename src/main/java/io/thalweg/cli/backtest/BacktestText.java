package io.thalweg.cli.backtest;

import io.thalweg.cli.output.Text;
import io.thalweg.v1.BacktestAlert;
import io.thalweg.v1.BacktestCounts;
import io.thalweg.v1.BacktestKey;
import io.thalweg.v1.BacktestProgress;
import io.thalweg.v1.BacktestTotal;
import io.thalweg.v1.BacktestUpdate;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** A backtest for people: a line for each alert, one for each key that has something to tell. */
public final class BacktestText implements BacktestReport {
  private final PrintWriter out;
  private String heading = "";
  private boolean whole;

  public BacktestText(PrintWriter out) {
    this.out = out;
  }

  /** How far it has come. */
  public static String of(BacktestProgress progress) {
    return "%,d keys, %,d samples"
        .formatted(progress.getKeysDone(), progress.getCounts().getSamples());
  }

  @Override
  public void begin(String stream, String source, List<String> settings) {
    heading =
        settings.isEmpty()
            ? stream + " as it was"
            : stream + " with " + String.join(", ", settings);
  }

  @Override
  public void tell(BacktestUpdate update) {
    switch (update.getPartCase()) {
      case BEGUN -> out.println(heading);
      case ALERT -> out.println(of(update.getAlert()));
      case KEY -> tell(update.getKey());
      case TOTAL -> tell(update.getTotal());
      case PROGRESS, PART_NOT_SET -> {}
    }
    out.flush();
  }

  @Override
  public boolean end() {
    return whole;
  }

  private static String of(BacktestAlert alert) {
    String what =
        !alert.hasBefore() ? "appears   " : alert.hasAfter() ? "stays     " : "disappears";
    return "%s  v%d  %s  %s"
        .formatted(
            alert.getKey(),
            alert.getVersion(),
            what,
            Text.of(alert.hasAfter() ? alert.getAfter() : alert.getBefore()));
  }

  private void tell(BacktestKey key) {
    BacktestCounts counts = key.getCounts();
    if (counts.getStay() + counts.getAppear() + counts.getDisappear() > 0) {
      out.println(key.getKey() + ": " + of(counts));
    }
    if (key.getFromSnapshot()) {
      out.println(
          "%s: folded from version %,d on, older events are no longer kept%s"
              .formatted(
                  key.getKey(),
                  key.getFromVersion(),
                  key.getDetectorNew() ? "; the detector knew nothing there and warmed up" : ""));
    }
    if (key.hasFailure()) {
      out.println(
          key.getKey()
              + ": not folded beyond version "
              + key.getToVersion()
              + ": "
              + key.getFailure());
    }
  }

  private void tell(BacktestTotal total) {
    whole = total.getFailed() == 0;
    out.println("In all, " + number(total.getKeys()) + " keys: " + of(total.getCounts()));
    if (total.getFromSnapshot() > 0) {
      out.println(
          "%,d keys were folded from a snapshot on, %,d of them with a detector that warmed up"
              .formatted(total.getFromSnapshot(), total.getDetectorNew()));
    }
    if (!whole) {
      out.println(number(total.getFailed()) + " keys could not be folded to their ends");
    }
  }

  private static String of(BacktestCounts counts) {
    return "%s alerts stay%s, %s appear, %s disappear; %s samples in %s events"
        .formatted(
            number(counts.getStay()),
            counts.getDiffer() == 0
                ? ""
                : " (" + number(counts.getDiffer()) + " with another score, threshold or reason)",
            number(counts.getAppear()),
            number(counts.getDisappear()),
            number(counts.getSamples()),
            number(counts.getEvents()));
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
