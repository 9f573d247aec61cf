package io.thalweg.domain.key;

/** What became of one {@link KeyBatch}. */
public sealed interface BatchResult {

  /**
   * It was counted.
   *
   * @param samples how many samples
   * @param late of them: too late for their window
   */
  record Counted(int samples, int late) implements BatchResult {}

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
