package io.thalweg.route;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which lane's turn it is. Those whose key is not in memory wait apart: only so many keys are
 * brought back from the journal at a time.
 *
 * <p>Why so few of them? Bringing a key back takes some twenty messages between actors, on the
 * threads of all keys. With a thousand of them under way each step of every key waits behind as
 * many of theirs; with as many as keep the processors busy they take no longer, and keys that are
 * in memory pass.
 *
 * <p>Of the lanes' thread.
 */
final class Turns {
  private final ReadyLanes ready = new ReadyLanes(Caller::readyLanes);
  private final ReadyLanes absent = new ReadyLanes(Caller::absentLanes);
  private final Predicate<Lane> inMemory;
  private final int recoveriesMax;
  private int recoveries;

  /**
   * @param inMemory whether a lane's key is; where it is on another node that counts as well
   * @param recoveriesMax so many of the others have their turn at a time
   */
  Turns(Predicate<Lane> inMemory, int recoveriesMax) {
    this.inMemory = inMemory;
    this.recoveriesMax = recoveriesMax;
  }

  /** Adds a lane in which something waits. */
  void add(Lane lane) {
    ready.add(lane);
  }

  /** Whether none waits, be it for its turn or for a recovery to be over. */
  boolean isEmpty() {
    return ready.isEmpty() && absent.isEmpty();
  }

  /** Takes the next one; null where none may go now. To be {@link #over} later. */
  @Nullable Lane next() {
    if (mayRecover() && !absent.isEmpty()) {
      return recovering(absent.remove());
    }
    while (!ready.isEmpty()) {
      Lane lane = ready.remove();
      if (inMemory.test(lane)) {
        return lane;
      }
      if (mayRecover()) {
        return recovering(lane);
      }
      absent.add(lane);
    }
    return null;
  }

  /** The lane's key has answered, or takes so long that the others need not wait for it. */
  void over(Lane lane) {
    if (lane.isRecovering()) {
      lane.setRecovering(false);
      recoveries--;
    }
  }

  private boolean mayRecover() {
    return recoveries < recoveriesMax;
  }

  private Lane recovering(Lane lane) {
    lane.setRecovering(true);
    recoveries++;
    return lane;
  }
}
