package io.thalweg.domain.window;

import io.thalweg.domain.stats.Aggregate;
import io.thalweg.domain.stats.AggregateFold;
import io.thalweg.domain.stats.Extras;
import io.thalweg.domain.stats.Statistics;
import org.jspecify.annotations.Nullable;

/** A slice that the watermark has not passed, while a fold is under way. */
final class LiveSlice {
  private final long number;
  private final Statistics statistics;
  private WindowSnapshot.@Nullable Slice frozen;
  private @Nullable AggregateFold fold;

  LiveSlice(WindowSnapshot.Slice frozen, Statistics statistics) {
    number = frozen.number();
    this.frozen = frozen;
    this.statistics = statistics;
  }

  LiveSlice(long number, Statistics statistics) {
    this.number = number;
    this.statistics = statistics;
  }

  long number() {
    return number;
  }

  void add(long timeNanos, double value) {
    fold().add(timeNanos, value);
    frozen = null;
  }

  AggregateFold fold() {
    AggregateFold current = fold;
    if (current == null) {
      Aggregate from = frozen == null ? Aggregate.EMPTY : frozen.aggregate();
      current = from.fold(statistics);
      fold = current;
    }
    return current;
  }

  Extras extras() {
    return fold().extras();
  }

  WindowSnapshot.Slice freeze() {
    WindowSnapshot.Slice slice = frozen;
    if (slice == null) {
      slice = new WindowSnapshot.Slice(number, fold().aggregate());
      frozen = slice;
    }
    return slice;
  }
}
