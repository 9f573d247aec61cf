package io.thalweg.domain.window;

import io.thalweg.domain.window.WindowSnapshot.Revision;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which revision of each closed window was told last, while a fold is under way. */
final class Revisions {
  private final List<Revision> before;

  /** Where it differs from before. */
  private @Nullable TreeMap<Long, Integer> now;

  Revisions(List<Revision> before) {
    this.before = before;
  }

  /** Counts on. */
  int next(long window) {
    return revisions().merge(window, 1, Integer::sum);
  }

  /** Forgets the windows below a number. */
  void forget(long below) {
    if (!before.isEmpty() || now != null) {
      revisions().headMap(below).clear();
    }
  }

  List<Revision> all() {
    Map<Long, Integer> all = now;
    return all == null
        ? before
        : all.entrySet().stream().map(e -> new Revision(e.getKey(), e.getValue())).toList();
  }

  private TreeMap<Long, Integer> revisions() {
    TreeMap<Long, Integer> all = now;
    if (all == null) {
      all = new TreeMap<>();
      for (Revision revision : before) {
        all.put(revision.number(), revision.revision());
      }
      now = all;
    }
    return all;
  }
}
