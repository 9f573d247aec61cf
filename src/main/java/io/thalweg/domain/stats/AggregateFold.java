package io.thalweg.domain.stats;

/** Adds samples to an {@link Aggregate}. Of one thread. */
public final class AggregateFold implements LiveSummary {
  private final TotalFold total;
  private final Statistics statistics;
  private final ExtrasFold extras;

  AggregateFold(Aggregate from, Statistics statistics) {
    total = from.total().fold();
    this.statistics = statistics;
    extras = ExtrasFold.of(from.extras(), statistics);
  }

  /** Adds a finite value. */
  public void add(long timeNanos, double value) {
    total.add(value);
    extras.add(timeNanos, value);
  }

  /** What was added so far, and before. */
  public Aggregate aggregate() {
    return new Aggregate(total.total(), extras.extras());
  }

  /** What is kept so far beside the basic statistics. */
  public Extras extras() {
    return extras.extras();
  }

  /** The basic statistics so far. */
  public TotalFold total() {
    return total;
  }

  @Override
  public long count() {
    return total.count();
  }

  @Override
  public double mean() {
    return count() == 0 ? 0 : Moments.mean(count(), total.centre(), total.sum());
  }

  @Override
  public double variance() {
    return count() == 0 ? 0 : Moments.variance(count(), total.sum(), total.squares());
  }

  @Override
  public Summary summary() {
    return aggregate().summary(statistics, Double.NaN);
  }
}
