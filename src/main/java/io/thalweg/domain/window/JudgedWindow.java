package io.thalweg.domain.window;

import io.thalweg.domain.stats.Aggregate;
import io.thalweg.domain.stats.LiveSummary;
import io.thalweg.domain.stats.Moments;
import io.thalweg.domain.stats.Summary;

/** What a judge sees of hopping windows; computed when it looks for the first time. */
final class JudgedWindow implements LiveSummary {
  private final HoppingFold fold;
  private boolean known;
  private long count;
  private double mean;
  private double variance;

  JudgedWindow(HoppingFold fold) {
    this.fold = fold;
  }

  /** There is another sample at hand. */
  void reset() {
    known = false;
  }

  @Override
  public long count() {
    look();
    return count;
  }

  @Override
  public double mean() {
    look();
    return mean;
  }

  @Override
  public double variance() {
    look();
    return variance;
  }

  @Override
  public Summary summary() {
    return fold.summary(fold.judgedExactly());
  }

  private void look() {
    if (!known) {
      known = true;
      fold.judgedQuickly().ifPresentOrElse(this::take, () -> take(fold.judgedExactly()));
    }
  }

  private void take(SliceSum sum) {
    count = sum.count();
    mean = count == 0 ? 0 : Moments.mean(count, sum.centre(), sum.sum());
    variance = count == 0 ? 0 : Moments.variance(count, sum.sum(), sum.squares());
  }

  private void take(Aggregate aggregate) {
    Summary summary = aggregate.total().summary();
    count = summary.count();
    mean = summary.mean();
    variance = summary.variance();
  }
}
