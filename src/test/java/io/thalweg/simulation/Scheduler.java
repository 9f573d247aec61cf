package io.thalweg.simulation;

import io.thalweg.domain.Randomized;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * All that happens, one step after the other, in a virtual time of its own. Which of the steps of
 * one time comes first is chance, and all chance comes from the seed: the same seed gives the same
 * run.
 */
final class Scheduler {
  static final long MICRO = 1_000;
  static final long MILLI = 1_000_000;
  static final long SECOND = 1_000_000_000;

  private static final int PAUSES_NESTED_MAX = 3;
  private static final long HASH_PRIME = 0x100000001b3L;

  private static final String WAKES = "wakes";

  record Task(long at, int tie, Life life, String what, Runnable step) implements Comparable<Task> {
    @Override
    public int compareTo(Task other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Integer.compare(tie, other.tie);
    }
  }

  private final RandomGenerator random;
  private final boolean traced;
  private final List<String> trace = new ArrayList<>();
  private final PriorityQueue<Task> tasks = new PriorityQueue<>();
  private long now;
  private long hash = 0xcbf29ce484222325L;
  private int pauses;
  private int steps;

  Scheduler(long seed, boolean traced) {
    this.random = Randomized.seeded(seed);
    this.traced = traced;
  }

  RandomGenerator random() {
    return random;
  }

  boolean chance(double probability) {
    return probability > 0 && random.nextDouble() < probability;
  }

  /** Virtual nanoseconds since the start. */
  long now() {
    return now;
  }

  /** Of all that happened, in its order. */
  long hash() {
    return hash;
  }

  int steps() {
    return steps;
  }

  List<String> trace() {
    return trace;
  }

  /** Does something later, if the process still lives by then. */
  void after(long nanos, Life life, String what, Runnable step) {
    tasks.add(new Task(now + Math.max(0, nanos), random.nextInt(), life, what, step));
  }

  /** Puts something down in the trace. */
  void note(String kind, Supplier<String> detail) {
    hash = (hash ^ kind.hashCode()) * HASH_PRIME;
    if (traced) {
      trace.add("%12.6f s  %s %s".formatted(now / 1e9, kind, detail.get()));
    }
  }

  /** Does the next step; false if there is none. */
  boolean step() {
    return step(Long.MAX_VALUE);
  }

  private boolean step(long until) {
    while (!tasks.isEmpty() && tasks.element().at() <= until) {
      Task next = tasks.remove();
      Life life = next.life();
      if (life.ended) {
        continue;
      }
      boolean wakes = next.what().equals(WAKES);
      boolean frozen = life.stopped > 0 || life.frozenUntil > Math.max(now, next.at());
      if (!wakes && (frozen || !life.held.isEmpty())) {
        hold(next); // what waits keeps its order
        continue;
      }
      if (wakes && (frozen || life.held.isEmpty())) {
        wakeLater(life, next.at());
        continue;
      }
      now = Math.max(now, next.at());
      steps++;
      Task task = wakes ? release(life) : next;
      note(task.life().name, task::what);
      hash = (hash ^ task.what().hashCode()) * HASH_PRIME;
      try {
        task.step().run();
      } catch (Life.Ended e) {
        note("ended", () -> String.valueOf(e.getMessage()));
      }
      return true;
    }
    return false;
  }

  private void hold(Task task) {
    Life life = task.life();
    life.held.add(task);
    if (life.held.size() == 1) {
      wakeLater(life, task.at());
    }
  }

  private Task release(Life life) {
    Task task = life.held.remove();
    wakeLater(life, now);
    return task;
  }

  /** In the midst of a pause nothing wakes it: the end of the pause does. */
  private void wakeLater(Life life, long soonest) {
    if (life.stopped == 0 && !life.held.isEmpty()) {
      long at = Math.max(life.frozenUntil, soonest);
      tasks.add(new Task(at, random.nextInt(), life, WAKES, () -> {}));
    }
  }

  /**
   * Lets others go on in the midst of a step of a process: it waits for an answer, or is stopped.
   *
   * @param frozen whether nothing else of the process goes on meanwhile
   */
  void pause(Life life, boolean frozen, long nanos) {
    if (pauses == PAUSES_NESTED_MAX) {
      return;
    }
    long until = now + nanos;
    note(life.name, () -> (frozen ? "is stopped for " : "waits for ") + nanos / MICRO + " us");
    life.stopped += frozen ? 1 : 0;
    pauses++;
    try {
      while (step(until)) {}
    } finally {
      pauses--;
      life.stopped -= frozen ? 1 : 0;
    }
    now = Math.max(now, until);
    if (frozen) {
      wakeLater(life, now);
    }
    if (life.ended) {
      throw new Life.Ended(life);
    }
    note(life.name, () -> "goes on");
  }
}
