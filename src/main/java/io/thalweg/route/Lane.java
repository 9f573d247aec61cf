package io.thalweg.route;

import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.StreamKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What waits for one key while a delivery to it is under way. All of it goes as the next delivery,
 * up to a bound: so under load the deliveries grow instead of their number.
 */
final class Lane {

  /** A series of a batch, waiting for its key's answer. */
  record Share(Ticket ticket, int series, KeyBatch batch) {}

  private final StreamKey key;
  private final ArrayDeque<Share> waiting = new ArrayDeque<>(4);
  private boolean busy;

  Lane(StreamKey key) {
    this.key = key;
  }

  StreamKey key() {
    return key;
  }

  /** Whether it is queued for delivery, or a delivery is under way. */
  boolean isBusy() {
    return busy;
  }

  void setBusy(boolean busy) {
    this.busy = busy;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  void add(Share share) {
    waiting.add(share);
  }

  /**
   * Takes what waits, oldest first: at least one share, and no more once {@code samplesMax} are
   * reached.
   */
  List<Share> take(int samplesMax) {
    List<Share> taken = new ArrayList<>(waiting.size());
    int samples = 0;
    while (!waiting.isEmpty()) {
      samples += waiting.element().batch().size();
      if (samples > samplesMax && !taken.isEmpty()) {
        break;
      }
      taken.add(waiting.remove());
    }
    return taken;
  }
}
