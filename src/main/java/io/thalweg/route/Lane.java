package io.thalweg.route;

import io.thalweg.domain.key.StreamKey;
import java.util.Arrays;

/**
 * What waits for one key while a delivery to it is under way. All of it goes as the next delivery,
 * up to a bound: so under load the deliveries grow instead of their number.
 */
final class Lane {
  private static final int SLOTS_MIN = 4;

  private final StreamKey key;
  private final String entityId;
  private final int shard;
  private Share[] waiting = new Share[SLOTS_MIN];
  private int count;
  private long samples;
  private boolean busy;

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

  boolean isEmpty() {
    return count == 0;
  }

  void add(Share share) {
    if (count == waiting.length) {
      waiting = Arrays.copyOf(waiting, 2 * count);
    }
    waiting[count++] = share;
    samples += share.batch().size();
  }

  /**
   * Takes what waits, oldest first: at least one share, where there is one, and no more once {@code
   * samplesMax} are reached.
   */
  Share[] take(int samplesMax) {
    int taken = samples <= samplesMax ? count : within(samplesMax);
    int left = count - taken;
    Share[] head = taken == waiting.length ? waiting : Arrays.copyOf(waiting, taken);
    // There will be about as many the next time.
    Share[] tail = new Share[Math.max(SLOTS_MIN, Math.max(left, taken))];
    System.arraycopy(waiting, taken, tail, 0, left);
    waiting = tail;
    count = left;
    for (Share share : head) {
      samples -= share.batch().size();
    }
    return head;
  }

  /** How many from the first on have no more than so many samples together; at least one. */
  private int within(int samplesMax) {
    long sum = waiting[0].batch().size();
    int fitting = 1;
    while (fitting < count && sum + waiting[fitting].batch().size() <= samplesMax) {
      sum += waiting[fitting++].batch().size();
    }
    return fitting;
  }
}
