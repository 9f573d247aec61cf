package io.thalweg.domain.window;

import io.thalweg.domain.stats.Total;

/**
 * What a judge sees beside a slice: the older slices of its newest window, merged. Kept as long as
 * none of them changes, from one fold to the next, because merging them is the dear part; it can
 * always be computed again with the same bits.
 *
 * @param known whether the rest says anything
 * @param number the slice's
 * @param total without the slice itself
 */
record RestOfWindow(boolean known, long number, Total total) {
  static final RestOfWindow UNKNOWN = new RestOfWindow(false, 0, Total.EMPTY);

  boolean isKnownOf(long slice) {
    return known && number == slice;
  }
}
