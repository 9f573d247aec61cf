package io.thalweg.route;

import java.util.ArrayDeque;
import java.util.NoSuchElementException;

/**
 * The lanes that wait for their turn, fairly between those who wait: one of each caller in turn,
 * and of one caller in the order in which they came. So a batch of ten keys passes one of ten
 * thousand, which may have to be brought back from the journal first.
 *
 * <p>Of the lanes' thread.
 */
final class ReadyLanes {
  /** Those of whom lanes are ready, each once; who is first is next. */
  private final ArrayDeque<Caller> turns = new ArrayDeque<>();

  /**
   * Adds a lane in which something waits. It counts for the caller whose batch waits longest in it.
   */
  void add(Lane lane) {
    Caller caller = lane.firstCaller();
    ArrayDeque<Lane> ofCaller = caller.readyLanes();
    if (ofCaller.isEmpty()) {
      turns.add(caller);
    }
    ofCaller.add(lane);
  }

  boolean isEmpty() {
    return turns.isEmpty();
  }

  /**
   * Takes the next one.
   *
   * @throws NoSuchElementException if there is none
   */
  Lane remove() {
    Caller caller = turns.remove();
    ArrayDeque<Lane> ofCaller = caller.readyLanes();
    Lane next = ofCaller.remove();
    if (!ofCaller.isEmpty()) {
      turns.add(caller);
    }
    return next;
  }
}
