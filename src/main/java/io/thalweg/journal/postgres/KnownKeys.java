package io.thalweg.journal.postgres;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The highest sequence number of the ids recovered or written last, at most so many, each with the
 * tenure under which it was learnt: it holds as long as nobody else may have written. Thread-safe.
 */
final class KnownKeys {

  /**
   * @param highest sequence number
   * @param since the epoch in which the tenure began under which it was learnt
   */
  record Known(long highest, long since) {}

  private final Map<String, Known> byId;

  KnownKeys(int idsMax) {
    byId =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > idsMax;
          }
        };
  }

  /** Null where nothing is known. */
  synchronized @Nullable Known of(String id) {
    return byId.get(id);
  }

  /** What a recovery has read; it may be older than what was written meanwhile. */
  synchronized void recovered(String id, long highest, long since) {
    byId.merge(
        id,
        new Known(highest, since),
        (old, now) ->
            old.since > now.since || (old.since == now.since && old.highest > now.highest)
                ? old
                : now);
  }

  synchronized void written(String id, long highest, long since) {
    byId.merge(id, new Known(highest, since), (old, now) -> old.since > now.since ? old : now);
  }

  synchronized void forget(Iterable<String> ids) {
    ids.forEach(byId::remove);
  }
}
