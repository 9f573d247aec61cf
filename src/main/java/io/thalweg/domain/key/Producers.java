package io.thalweg.domain.key;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a key remembers of its producers: a value. Sorted arrays, because a key mostly has a few
 * producers and a batch asks but once: a look-up compares log2(n) names, a change copies n
 * references.
 */
final class Producers {
  static final Producers NONE = new Producers(new String[0], new CountedBatches[0]);

  private final String[] names;
  private final CountedBatches[] counted;

  private Producers(String[] names, CountedBatches[] counted) {
    this.names = names;
    this.counted = counted;
  }

  static Producers restore(List<KeySnapshot.Producer> producers) {
    String[] names = new String[producers.size()];
    CountedBatches[] counted = new CountedBatches[producers.size()];
    for (int i = 0; i < names.length; i++) {
      KeySnapshot.Producer p = producers.get(i);
      names[i] = p.name();
      counted[i] = CountedBatches.restore(p.highest(), p.below());
      if (i > 0 && names[i - 1].compareTo(names[i]) >= 0) {
        throw new IllegalArgumentException(
            "producers are sorted by name: " + names[i - 1] + " before " + names[i]);
      }
    }
    return new Producers(names, counted);
  }

  /** Why a batch is not to be counted; empty where it is. */
  Optional<BatchResult> refusal(KeyBatch batch, int producersMax) {
    if (batch.producer().isEmpty()) {
      return Optional.empty();
    }
    int index = Arrays.binarySearch(names, batch.producer());
    if (index < 0) {
      return names.length < producersMax
          ? Optional.empty()
          : Optional.of(new BatchResult.TooManyProducers(producersMax));
    }
    CountedBatches known = counted[index];
    if (known.isStale(batch.sequence())) {
      return Optional.of(new BatchResult.Stale(batch.sequence(), known.highest()));
    }
    return known.contains(batch.sequence())
        ? Optional.of(new BatchResult.Duplicate(batch.size()))
        : Optional.empty();
  }

  /** With a batch that is counted now. */
  Producers with(KeyBatch batch) {
    if (batch.producer().isEmpty()) {
      return this;
    }
    int index = Arrays.binarySearch(names, batch.producer());
    CountedBatches next =
        index < 0 ? CountedBatches.first(batch.sequence()) : counted[index].with(batch.sequence());
    return with(batch.producer(), next);
  }

  List<KeySnapshot.Producer> snapshot() {
    List<KeySnapshot.Producer> producers = new ArrayList<>(names.length);
    for (int i = 0; i < names.length; i++) {
      producers.add(new KeySnapshot.Producer(names[i], counted[i].highest(), counted[i].below()));
    }
    return producers;
  }

  private Producers with(String name, CountedBatches batches) {
    int index = Arrays.binarySearch(names, name);
    if (index >= 0) {
      CountedBatches[] changed = counted.clone();
      changed[index] = batches;
      return new Producers(names, changed);
    }
    int at = -1 - index;
    String[] moreNames = Arrays.copyOf(names, names.length + 1);
    CountedBatches[] more = Arrays.copyOf(counted, counted.length + 1);
    System.arraycopy(names, at, moreNames, at + 1, names.length - at);
    System.arraycopy(counted, at, more, at + 1, counted.length - at);
    moreNames[at] = name;
    more[at] = batches;
    return new Producers(moreNames, more);
  }
}
