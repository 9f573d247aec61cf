package io.thalweg.kafka;

/**
 * How a node's share of a source is doing. Totals are since the node's start.
 *
 * @param name the source's
 * @param stream whose samples it brings
 * @param topic from which
 * @param state what it is doing
 * @param trouble what is wrong; empty: nothing
 * @param partitions that this node reads now
 * @param lag records of these partitions that are not yet durable, as of the last look; -1: unknown
 * @param waiting records of these partitions that were read and are not yet durable
 * @param records read, again after a restart
 * @param samples durable and counted
 * @param duplicates samples that had been counted before
 * @param deadLetters records that went to the dead letter topic
 */
public record KafkaSourceStatus(
    String name,
    String stream,
    String topic,
    State state,
    String trouble,
    int partitions,
    long lag,
    long waiting,
    long records,
    long samples,
    long duplicates,
    long deadLetters) {

  /** What a source is doing. */
  public enum State {
    /** It looks for its topic. */
    STARTING,
    /** It reads. */
    RUNNING,
    /** It failed, and will try again. */
    RETRYING,
    /** It found poison, and was told to stop at it. */
    STOPPED
  }
}
