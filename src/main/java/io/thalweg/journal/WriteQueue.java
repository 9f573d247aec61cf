package io.thalweg.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes on their way to the commit thread, bounded in number and bytes. Who puts in more than that
 * waits; the plugins' own threads do, and what comes after waits in their mailboxes.
 */
final class WriteQueue {
  private final JournalSettings.Commit bounds;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Condition room = lock.newCondition();
  private final Queue<Write> writes = new ArrayDeque<>();
  private long bytes;
  private boolean closed;

  WriteQueue(JournalSettings.Commit bounds) {
    this.bounds = bounds;
  }

  /**
   * Adds a write, once there is room.
   *
   * @return whether it was added; false once closed
   */
  boolean put(Write write) {
    lock.lock();
    try {
      while (!closed && isFull()) {
        room.awaitUninterruptibly();
      }
      if (closed) {
        return false;
      }
      writes.add(write);
      bytes += write.bytes();
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes what is there, up to one flush; waits at most so long for the first.
   *
   * @return empty after that time, or once closed and empty
   */
  List<Write> take(long waitNanos) throws InterruptedException {
    lock.lock();
    try {
      long left = waitNanos;
      while (writes.isEmpty() && !closed && left > 0) {
        left = changed.awaitNanos(left);
      }
      List<Write> taken = drain();
      room.signalAll();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more; what is there can still be taken. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Whether it is closed and empty. */
  boolean isDone() {
    lock.lock();
    try {
      return closed && writes.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** How many wait. */
  int size() {
    lock.lock();
    try {
      return writes.size();
    } finally {
      lock.unlock();
    }
  }

  private boolean isFull() {
    return writes.size() >= bounds.queuedWritesMax() || bytes >= bounds.queuedBytesMax();
  }

  private List<Write> drain() {
    List<Write> taken = new ArrayList<>(Math.min(writes.size(), bounds.flushEventsMax()));
    int rows = 0;
    long size = 0;
    Write next;
    while ((next = writes.peek()) != null
        && (taken.isEmpty()
            || (rows + next.rows() <= bounds.flushEventsMax()
                && size + next.bytes() <= bounds.flushBytesMax()))) {
      writes.remove();
      taken.add(next);
      rows += next.rows();
      size += next.bytes();
    }
    bytes -= size;
    return taken;
  }
}
