package io.thalweg.domain.stats;

import io.thalweg.domain.sample.Sample;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Adds samples to {@link Extras}; costs nothing where nothing is asked for. Of one thread. */
abstract sealed class ExtrasFold {

  static ExtrasFold of(Extras from, Statistics statistics) {
    return statistics.keepsExtras() ? new Keeping(from, statistics) : Nothing.INSTANCE;
  }

  abstract void add(long timeNanos, double value);

  abstract Extras extras();

  private static final class Nothing extends ExtrasFold {
    static final Nothing INSTANCE = new Nothing();

    @Override
    void add(long timeNanos, double value) {}

    @Override
    Extras extras() {
      return Extras.NONE;
    }
  }

  private static final class Keeping extends ExtrasFold {
    private final Statistics statistics;
    private Extras from;
    private Optional<Ends> ends;
    private Optional<HigherMoments> moments;
    private Optional<DecayedMoments> decayed;

    /** Seen by nobody else; null where {@link #from} has all there is. */
    private @Nullable QuantileSketch own;

    Keeping(Extras from, Statistics statistics) {
      this.statistics = statistics;
      this.from = from;
      ends = from.ends();
      moments = from.moments();
      decayed = from.decayed();
    }

    @Override
    void add(long timeNanos, double value) {
      if (statistics.ends()) {
        Ends one = Ends.of(new Sample(timeNanos, value));
        ends = Optional.of(ends.isEmpty() ? one : ends.get().plus(one));
      }
      if (statistics.shape()) {
        HigherMoments one = HigherMoments.of(value);
        moments = Optional.of(moments.isEmpty() ? one : moments.get().plus(one));
      }
      if (statistics.halfLifeNanos().isPresent()) {
        long halfLifeNanos = statistics.halfLifeNanos().getAsLong();
        DecayedMoments one = DecayedMoments.of(timeNanos, value);
        decayed = Optional.of(decayed.isEmpty() ? one : decayed.get().plus(one, halfLifeNanos));
      }
      if (statistics.quantiles().isPresent()) {
        sketch(statistics.quantiles().get()).add(value);
      }
    }

    private QuantileSketch sketch(Statistics.Quantiles quantiles) {
      QuantileSketch mine = own;
      if (mine == null) {
        mine =
            from.sketch()
                .map(QuantileSketch::copy)
                .orElseGet(() -> QuantileSketch.empty(quantiles.relativeError()));
        own = mine;
      }
      return mine;
    }

    @Override
    Extras extras() {
      Optional<QuantileSketch> sketch = own == null ? from.sketch() : Optional.of(own);
      own = null;
      from = new Extras(ends, moments, decayed, sketch);
      return ends.isEmpty() && moments.isEmpty() && decayed.isEmpty() && sketch.isEmpty()
          ? Extras.NONE
          : from;
    }
  }
}
