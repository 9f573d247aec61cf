package io.thalweg.domain.key;

import java.util.ArrayList;
import java.util.List;

/**
 * What a key remembers of its producers: a value. Sorted arrays, because a key mostly has a few
 * producers; {@link ProducersFold} counts the batches of an event.
 */
final class Producers {
  static final Producers NONE = new Producers(new String[0], new CountedBatches[0]);

  /** Ascending. */
  final String[] names;

  /** What was counted of each. */
  final CountedBatches[] counted;

  /** The arrays are handed over: nobody changes them. */
  Producers(String[] names, CountedBatches[] counted) {
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

  ProducersFold fold() {
    return new ProducersFold(this);
  }

  List<KeySnapshot.Producer> snapshot() {
    List<KeySnapshot.Producer> producers = new ArrayList<>(names.length);
    for (int i = 0; i < names.length; i++) {
      producers.add(new KeySnapshot.Producer(names[i], counted[i].highest(), counted[i].below()));
    }
    return producers;
  }
}
