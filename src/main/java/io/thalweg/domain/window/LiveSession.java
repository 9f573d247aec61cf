package io.thalweg.domain.window;

import io.thalweg.domain.stats.Aggregate;
import io.thalweg.domain.stats.AggregateFold;
import io.thalweg.domain.stats.Statistics;
import org.jspecify.annotations.Nullable;

/** A session while a fold is under way. */
final class LiveSession {
  private final Statistics statistics;
  private long firstNanos;
  private long lastNanos;
  private int told;
  private Aggregate aggregate;

  /** Where the aggregate may be behind. */
  private @Nullable AggregateFold fold;

  private boolean touched;

  LiveSession(WindowSnapshot.Session from, Statistics statistics) {
    this.statistics = statistics;
    firstNanos = from.firstNanos();
    lastNanos = from.lastNanos();
    told = from.told();
    aggregate = from.aggregate();
  }

  /** Of no samples yet; the first one is at this time. */
  LiveSession(long timeNanos, Statistics statistics) {
    this(new WindowSnapshot.Session(timeNanos, timeNanos, 0, Aggregate.EMPTY), statistics);
  }

  void add(long timeNanos, double value) {
    fold().add(timeNanos, value);
    firstNanos = Math.min(firstNanos, timeNanos);
    lastNanos = Math.max(lastNanos, timeNanos);
    touched = true;
  }

  /** Takes in the session after it. */
  void join(LiveSession next) {
    aggregate = aggregate().plus(next.aggregate(), statistics);
    fold = null;
    lastNanos = next.lastNanos;
    told = Math.max(told, next.told);
  }

  AggregateFold fold() {
    AggregateFold current = fold;
    if (current == null) {
      current = aggregate.fold(statistics);
      fold = current;
    }
    return current;
  }

  Aggregate aggregate() {
    if (fold != null) {
      aggregate = fold.aggregate();
    }
    return aggregate;
  }

  /** It was told of as closed, once more. */
  void told() {
    told++;
  }

  int timesTold() {
    return told;
  }

  boolean isTouched() {
    return touched;
  }

  long firstNanos() {
    return firstNanos;
  }

  long lastNanos() {
    return lastNanos;
  }

  WindowSnapshot.Session freeze() {
    return new WindowSnapshot.Session(firstNanos, lastNanos, told, aggregate());
  }
}
