package io.thalweg.domain.key;

/** What became of one {@link KeyBatch}. */
public sealed interface BatchResult {

  /**
   * It was counted.
   *
   * @param samples how many samples
   * @param late of them: too late for their window
   */
  record Counted(int samples, int late) implements BatchResult {
    private static final Counted[] ON_TIME = onTime();

    /** The same one again where it is a small batch of which nothing was late, as most are. */
    static Counted of(int samples, int late) {
      return late == 0 && samples < ON_TIME.length ? ON_TIME[samples] : new Counted(samples, late);
    }

    private static Counted[] onTime() {
      Counted[] counted = new Counted[129];
      for (int samples = 0; samples < counted.length; samples++) {
        counted[samples] = new Counted(samples, 0);
      }
      return counted;
    }
  }

  /** An earlier delivery of the same batch had been counted. */
  record Duplicate(int samples) implements BatchResult {}

  /** Nothing of it was stored. */
  sealed interface Refused extends BatchResult {}

  /**
   * Its number is too far below the producer's highest to tell whether it had been counted.
   *
   * @param sequence the batch's number
   * @param highest the producer's highest for this key
   */
  record Stale(long sequence, long highest) implements Refused {}

  /**
   * The key remembers as many producers as it may, and this would be one more.
   *
   * @param limit how many that is
   */
  record TooManyProducers(int limit) implements Refused {}
}
