package io.thalweg.cli;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What a command must undo before the process ends, whoever ends it: the latest first. Once it has
 * run, what is added is undone at once. Thread-safe.
 */
final class Undo implements Runnable {
  private final Deque<Runnable> steps = new ArrayDeque<>();
  private boolean done;

  /** Takes what undoes a step that has just been done. */
  synchronized void add(Runnable step) {
    if (done) {
      step.run();
    } else {
      steps.push(step);
    }
  }

  /** Undoes all; one step's failure does not keep the others from being undone. */
  @Override
  public synchronized void run() {
    done = true;
    RuntimeException failure = null;
    while (!steps.isEmpty()) {
      try {
        steps.pop().run();
      } catch (RuntimeException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
