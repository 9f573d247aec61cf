package io.thalweg.domain.key;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Counts the batches of one event. Of one thread. What is allocated is for the event and for each
 * of its producers, nothing for each of its batches.
 */
final class ProducersFold {
  /** So many names are compared one by one sooner than by halves. */
  private static final int FEW = 8;

  private final Producers from;
  private String[] names;

  /** What is known of each name; of a new one what {@link #counting} starts from. */
  private CountedBatches[] before;

  /** Of those producers alone that this event has batches of. */
  private @Nullable CountedBatchesFold[] counting;

  /** Where the name before was found: the next one is often the same. */
  private int found;

  private boolean changed;

  ProducersFold(Producers from) {
    this.from = from;
    names = from.names;
    before = from.counted;
    counting = new CountedBatchesFold[names.length];
  }

  /**
   * Counts a batch unless it is refused.
   *
   * @param producersMax how many producers may be remembered
   * @return why it is not counted; null where it is
   */
  @Nullable BatchResult count(KeyBatch batch, int producersMax) {
    if (batch.producer().isEmpty()) {
      return null;
    }
    int index = indexOf(batch.producer());
    if (index < 0) {
      if (names.length >= producersMax) {
        return new BatchResult.TooManyProducers(producersMax);
      }
      insert(-1 - index, batch);
      return null;
    }
    CountedBatchesFold known = counting(index);
    if (known.isStale(batch.sequence())) {
      return new BatchResult.Stale(batch.sequence(), known.highest());
    }
    if (known.contains(batch.sequence())) {
      return new BatchResult.Duplicate(batch.size());
    }
    known.add(batch.sequence());
    changed = true;
    return null;
  }

  /** Counts a batch that the journal holds: it was not refused when it was decided on. */
  void add(KeyBatch batch) {
    var unused = count(batch, Integer.MAX_VALUE);
  }

  /** With all that was counted. */
  Producers freeze() {
    if (!changed) {
      return from;
    }
    CountedBatches[] after = before.clone();
    for (int i = 0; i < after.length; i++) {
      CountedBatchesFold known = counting[i];
      if (known != null) {
        after[i] = known.freeze();
      }
    }
    return new Producers(names, after);
  }

  private int indexOf(String name) {
    if (found < names.length && names[found].equals(name)) {
      return found;
    }
    if (names.length <= FEW) {
      for (int i = 0; i < names.length; i++) {
        if (names[i].equals(name)) {
          found = i;
          return i;
        }
      }
    }
    int index = Arrays.binarySearch(names, name);
    found = index < 0 ? found : index;
    return index;
  }

  private CountedBatchesFold counting(int index) {
    CountedBatchesFold known = counting[index];
    if (known == null) {
      known = new CountedBatchesFold(before[index]);
      counting[index] = known;
    }
    return known;
  }

  private void insert(int at, KeyBatch batch) {
    CountedBatches first = CountedBatches.first(batch.sequence());
    names = with(names, at, batch.producer());
    before = with(before, at, first);
    counting = with(counting, at, new CountedBatchesFold(first));
    found = at;
    changed = true;
  }

  private static <T extends @Nullable Object> T[] with(T[] array, int at, T one) {
    T[] more = Arrays.copyOf(array, array.length + 1);
    System.arraycopy(array, at, more, at + 1, array.length - at);
    more[at] = one;
    return more;
  }
}
