package io.thalweg.faults;

import java.util.concurrent.CompletableFuture;
import java.util.function.IntConsumer;

/**
 * Springs on one flush, at one step on its way to being durable and known to be; then its
 * connection is cut.
 *
 * @param action told which node's flush it was, before the connection is cut
 * @param evidence what was seen; empty: the flush was refused by the database
 */
record Trap(Point point, What what, IntConsumer action, CompletableFuture<String> evidence) {

  /** When. */
  enum Point {
    /** The database never sees the flush. */
    BEFORE_COMMIT("its request was dropped"),
    /** It is committed, and the node never hears so. */
    AFTER_COMMIT("its answer was dropped"),
    /** The node hears so, and perhaps has no time to tell anyone. */
    AFTER_REPLY("its answer went on");

    private final String text;

    Point(String text) {
      this.text = text;
    }

    String text() {
      return text;
    }
  }

  /** Of which kind of flush. */
  enum What {
    EVENTS("recorded-1"),
    SNAPSHOT("key-1");

    /** The manifest in the rows of it. */
    private final String manifest;

    What(String manifest) {
      this.manifest = manifest;
    }

    String manifest() {
      return manifest;
    }
  }

  static Trap of(Point point, What what, IntConsumer action) {
    return new Trap(point, what, action, new CompletableFuture<>());
  }

  boolean fits(PgMessage flush) {
    return flush.contains(what.manifest);
  }

  void spring(int node, String seen) {
    action.accept(node);
    evidence.complete(seen.isEmpty() ? "" : "node " + node + ": " + seen);
  }
}
