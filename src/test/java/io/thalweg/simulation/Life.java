package io.thalweg.simulation;

import java.util.ArrayDeque;

/** A process, from its start to its end: what is to be done for one that has ended is not done. */
final class Life {
  final String name;
  boolean ended;
  long frozenUntil;

  /** How many of its steps are stopped in their midst, and all else of it with them. */
  int stopped;

  /** What came while it was stopped, in its order. */
  final ArrayDeque<Scheduler.Task> held = new ArrayDeque<>();

  Life(String name) {
    this.name = name;
  }

  /** It ended in the midst of what it did. */
  static final class Ended extends Error {
    private static final long serialVersionUID = 1;

    Ended(Life life) {
      super(life.name + " has ended", null, false, false);
    }
  }
}
