package io.thalweg.ingest;

/**
 * From where in a request the series of its batch come. Mostly each comes from its own place; not
 * where a series was refused, or a key has several.
 */
final class Places {
  private static final int[] NONE = {};

  /** Each series of the batch is the one at the same place in the request. */
  static final Places SAME = new Places(NONE, NONE);

  private final int[] first;
  private final int[] next;

  /**
   * @param first for each series of the batch, its first place
   * @param next for each place in the request, the next one of the same key; -1: there is none
   */
  Places(int[] first, int[] next) {
    this.first = first;
    this.next = next;
  }

  /** The first place of a series of the batch. */
  int first(int series) {
    return first.length == 0 ? series : first[series];
  }

  /** The place after another one of the same key; -1: there is none. */
  int next(int place) {
    return next.length == 0 ? -1 : next[place];
  }
}
