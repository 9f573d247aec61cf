package io.thalweg.faults;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/**
 * Keeps one flush of a node on its way to the database until it is let go.
 *
 * @param withheld completed once a flush waits
 * @param answered completed once the database has said what became of it
 */
record Hold(
    int node,
    CountDownLatch gate,
    CompletableFuture<Void> withheld,
    CompletableFuture<Void> answered) {

  static Hold of(int node) {
    return new Hold(
        node, new CountDownLatch(1), new CompletableFuture<>(), new CompletableFuture<>());
  }

  void letGo() {
    gate.countDown();
  }
}
