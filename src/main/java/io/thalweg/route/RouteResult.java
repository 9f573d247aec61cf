package io.thalweg.route;

import io.thalweg.domain.key.BatchResult;
import java.util.List;

/** What became of a batch. */
public sealed interface RouteResult {

  /**
   * Every key has answered.
   *
   * @param recorded samples durable and counted by this delivery
   * @param duplicate samples that an earlier delivery had counted
   * @param late of the recorded: too late for their window
   * @param refusals the series of which nothing was stored
   */
  record Answered(long recorded, long duplicate, long late, List<Refusal> refusals)
      implements RouteResult {}

  /**
   * At least one key did not answer in time. What became of its samples is unknown; the same batch
   * may be sent again.
   */
  record Unavailable(String reason) implements RouteResult {}

  /** A series of which nothing was stored, and why. */
  sealed interface Refusal {

    /** The series' place in the batch. */
    int series();

    /** The key refused it. */
    record ByKey(int series, BatchResult.Refused reason) implements Refusal {}

    /** What the journal holds of the key is damaged. */
    record KeyUnreadable(int series, String reason) implements Refusal {}
  }
}
