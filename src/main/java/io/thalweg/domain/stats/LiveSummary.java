package io.thalweg.domain.stats;

/**
 * What a fold holds at this moment. Read it before the fold goes on. Of these only {@link #summary}
 * allocates each time.
 */
public interface LiveSummary {

  /** Of no values. */
  LiveSummary NOTHING =
      new LiveSummary() {
        @Override
        public long count() {
          return 0;
        }

        @Override
        public double mean() {
          return 0;
        }

        @Override
        public double variance() {
          return 0;
        }

        @Override
        public Summary summary() {
          return Summary.EMPTY;
        }
      };

  /** How many values. */
  long count();

  /** 0 where count is 0. */
  double mean();

  /** Of the population; 0 where count is 0. */
  double variance();

  /** All of it, to keep. */
  Summary summary();
}
