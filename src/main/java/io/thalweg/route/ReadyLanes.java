package io.thalweg.route;

import java.util.ArrayDeque;
import java.util.NoSuchElementException;
import java.util.function.Function;

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

  /** Of one caller. */
  private final Function<Caller, ArrayDeque<Lane>> lanes;

  /**
   * @param lanes where a caller keeps those that are ready: of it alone
   */
  ReadyLanes(Function<Caller, ArrayDeque<Lane>> lanes) {
    this.lanes = lanes;
  }

  /**
   * Adds a lane in which something waits. It counts for the caller whose batch waits longest in it.
   */
  void add(Lane lane) {
    Caller caller = lane.firstCaller();
    ArrayDeque<Lane> ofCaller = lanes.apply(caller);
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
    ArrayDeque<Lane> ofCaller = lanes.apply(caller);
    Lane next = ofCaller.remove();
    if (!ofCaller.isEmpty()) {
      turns.add(caller);
    }
    return next;
  }
}
