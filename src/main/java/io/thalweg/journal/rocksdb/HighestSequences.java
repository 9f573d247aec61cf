package io.thalweg.journal.rocksdb;

import java.util.LinkedHashMap;
import java.util.Map;

/** The highest stored sequence number of the ids written last, at most so many. For one thread. */
final class HighestSequences {
  static final long UNKNOWN = -1;

  private static final class Highest {
    long sequence;
  }

  private final Map<String, Highest> byId;

  HighestSequences(int idsMax) {
    byId =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Highest> eldest) {
            return size() > idsMax;
          }
        };
  }

  long of(String persistenceId) {
    Highest known = byId.get(persistenceId);
    return known == null ? UNKNOWN : known.sequence;
  }

  void put(String persistenceId, long sequence) {
    byId.computeIfAbsent(persistenceId, id -> new Highest()).sequence = sequence;
  }

  void clear() {
    byId.clear();
  }
}
