package io.thalweg.journal;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes: it takes all that waits, commits it at once, and tells everyone. What
 * arrives meanwhile is the next flush, so that flushes grow under load.
 *
 * <p>After a failure that closes the store it opens it again, with growing pauses between attempts;
 * until then all writes fail at once.
 */
public final class CommitThread {
  private static final Logger LOG = LoggerFactory.getLogger(CommitThread.class);

  private final JournalSettings settings;
  private final Commits commits;
  private final WriteQueue queue;
  private final FlushTimes times = new FlushTimes();
  private final LongAdder events = new LongAdder();
  private final Thread thread = new Thread(this::run, "thalweg-journal-commit");

  private volatile @Nullable StoreUnavailableException down;
  private volatile Runnable onQueued = () -> {};
  private int failures; // since the last flush that went well
  private long reopenAtNanos;

  public CommitThread(JournalSettings settings, Commits commits) {
    this.settings = settings;
    this.commits = commits;
    this.queue = new WriteQueue(settings.commit());
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  /** Calls this after each commit that has put something into a queue. */
  public void onQueued(Runnable wake) {
    onQueued = wake;
  }

  /** Hands over a write; waits while the queue is full. */
  public void submit(Write write) {
    if (!queue.put(write)) {
      write.failed(new StoreUnavailableException(commits.name() + " is closed", null));
    }
  }

  /** Whether a write would be taken now. Any thread may ask. */
  public boolean isWritable() {
    return down == null && commits.shortage() == null;
  }

  /** Any thread may ask. */
  public StoreStatus status(String store, long fencedEvents) {
    long now = System.nanoTime();
    return new StoreStatus(
        store,
        isWritable(),
        queue.size(),
        events.sum(),
        fencedEvents,
        times.quantile(0.5, now),
        times.quantile(0.99, now));
  }

  /** Commits what waits, and returns when the thread has ended. */
  public void close() throws InterruptedException {
    queue.close();
    thread.join();
  }

  private void run() {
    try (commits) {
      while (!queue.isDone()) {
        List<Write> writes = queue.take(waitNanos());
        if (down != null) {
          tryToReopen();
        }
        if (!writes.isEmpty()) {
          commit(writes);
        } else if (down == null && !queue.isDone()) {
          look();
        }
      }
    } catch (InterruptedException | Error e) {
      LOG.error("The commit thread ends; nothing can be written until the node is restarted", e);
      down = new StoreUnavailableException(commits.name() + " is written no more: " + e, e);
    } finally {
      queue.close();
    }
  }

  private long waitNanos() {
    return down == null ? commits.idleNanos() : Math.max(1, reopenAtNanos - System.nanoTime());
  }

  private void commit(List<Write> writes) {
    StoreUnavailableException closed = down;
    StoreUnavailableException reason = closed == null ? commits.shortage() : closed;
    if (reason != null) {
      writes.forEach(write -> write.failed(reason));
      return;
    }
    long begun = System.nanoTime();
    try {
      commits.commit(writes);
      long now = System.nanoTime();
      times.add(now, now - begun);
      failures = 0;
    } catch (StoreUnavailableException e) {
      LOG.error("Nothing can be written: {}", e.getMessage(), e);
      failed(e);
    } catch (RuntimeException e) {
      LOG.error("A flush failed unexpectedly", e);
      writes.forEach(write -> write.failed(e));
      failed(new StoreUnavailableException(commits.name() + " can't be written: " + e, e));
    } finally {
      count(writes);
    }
  }

  private void count(List<Write> writes) {
    long stored = 0;
    boolean queued = false;
    for (Write write : writes) {
      if (write instanceof EventWrite eventWrite) {
        stored += eventWrite.stored();
        queued |= eventWrite.isQueued();
      }
    }
    events.add(stored);
    if (queued) {
      onQueued.run();
    }
  }

  private void look() {
    try {
      commits.idle();
    } catch (StoreUnavailableException e) {
      LOG.error("Nothing could be written: {}", e.getMessage());
      failed(e);
    }
  }

  private void tryToReopen() {
    if (System.nanoTime() - reopenAtNanos < 0) {
      return;
    }
    try {
      commits.reopen();
      down = null;
      LOG.info("{} takes writes again", commits.name());
    } catch (StoreUnavailableException e) {
      LOG.warn("Still nothing can be written: {}", e.getMessage());
      failed(e);
    }
  }

  private void failed(StoreUnavailableException why) {
    down = why;
    reopenAtNanos = System.nanoTime() + pauseNanos();
    failures++;
  }

  /** None before the first attempt. */
  private long pauseNanos() {
    if (failures == 0) {
      return 0;
    }
    long doubled = settings.reopenBackoffMin().toNanos() << Math.min(failures - 1, 20);
    return Math.min(doubled, settings.reopenBackoffMax().toNanos());
  }
}
