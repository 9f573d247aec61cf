package io.thalweg.kafka;

/**
 * How a node's share of a sink is doing. Totals are since the node's start.
 *
 * @param name the sink's
 * @param topic where its results go
 * @param state what it is doing
 * @param trouble what is wrong; empty: nothing
 * @param shards whose results this node tells
 * @param position events told of these shards, ever
 * @param waiting events whose results wait, as of the last look; -1: unknown
 * @param behindMillis how long ago the one that waits longest was written; 0: none waits
 * @param results acknowledged by the brokers
 * @param failures after which it began again
 * @param lost events whose results were given up, ever
 */
public record KafkaSinkStatus(
    String name,
    String topic,
    State state,
    String trouble,
    int shards,
    long position,
    long waiting,
    long behindMillis,
    long results,
    long failures,
    long lost) {

  /** What a sink is doing. */
  public enum State {
    /** It looks for its topic. */
    STARTING,
    /** It tells, or has nothing to tell. */
    RUNNING,
    /** It failed, or the brokers don't answer; it goes on by itself. */
    RETRYING
  }
}
