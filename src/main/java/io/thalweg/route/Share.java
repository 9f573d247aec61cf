package io.thalweg.route;

import io.thalweg.domain.key.KeyBatch;

/**
 * A series of a batch, on its way to its key.
 *
 * @param ticket the batch's
 * @param series which of the batch's series it is
 * @param batch what the key is told
 */
record Share(Ticket ticket, int series, KeyBatch batch) {

  /** What it takes of the room in flight: a series without samples takes some, too. */
  static int weight(int samples) {
    return Math.max(1, samples);
  }

  int weight() {
    return weight(batch.size());
  }
}
