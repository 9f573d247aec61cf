package io.thalweg.route;

import io.thalweg.domain.key.StreamKey;
import io.thalweg.domain.sample.Series;

/**
 * What waits for one key while a delivery to it is under way. All of it goes as the next delivery,
 * up to a bound: so under load the deliveries grow instead of their number.
 */
final class Lane {
  private final StreamKey key;
  private final String entityId;
  private final int shard;
  private Shares waiting = new Shares(0, 0);
  private boolean busy;
  private boolean recovering;

  /**
   * @param shard the key's
   */
  Lane(StreamKey key, String entityId, int shard) {
    this.key = key;
    this.entityId = entityId;
    this.shard = shard;
  }

  StreamKey key() {
    return key;
  }

  String entityId() {
    return entityId;
  }

  int shard() {
    return shard;
  }

  /** Whether it is queued for delivery, or a delivery is under way. */
  boolean isBusy() {
    return busy;
  }

  void setBusy(boolean busy) {
    this.busy = busy;
  }

  /** Whether its delivery counts as one that brings the key to memory: {@link Turns}. */
  boolean isRecovering() {
    return recovering;
  }

  void setRecovering(boolean recovering) {
    this.recovering = recovering;
  }

  boolean isEmpty() {
    return waiting.count() == 0;
  }

  /** Whose batch waits longest; there must be one. */
  Caller firstCaller() {
    return waiting.ticket(0).caller();
  }

  void add(Ticket ticket, int index, Series series) {
    waiting.add(ticket, index, series);
  }

  /**
   * Takes what waits, oldest first: at least one share, where there is one, and no more once {@code
   * samplesMax} are reached.
   */
  Shares take(int samplesMax) {
    if (waiting.sampleCount() > samplesMax && waiting.count() > 1) {
      return waiting.split(waiting.within(samplesMax));
    }
    Shares all = waiting;
    // There will be about as many the next time.
    waiting = new Shares(all.count(), all.sampleCount());
    return all;
  }
}
