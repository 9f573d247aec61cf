package io.thalweg.journal;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes: it takes all that waits, commits it with a single synced write, and
 * tells everyone. What arrives meanwhile is the next flush, so that flushes grow under load.
 *
 * <p>After a failed write RocksDB takes none until it is opened again. This thread does that, as
 * soon as there is room on the volume and with growing pauses between attempts; until then all
 * writes fail at once. If RocksDB failed because compactions hit damaged keys, it is opened without
 * compactions, so that the damage costs the keys that it hit and no others.
 */
final class CommitThread {
  private static final Logger LOG = LoggerFactory.getLogger(CommitThread.class);

  private final JournalSettings settings;
  private final OpenFolder folder;
  private final DiskReserve disk;
  private final WriteQueue queue;
  private final Thread thread = new Thread(this::run, "thalweg-journal-commit");

  private Database.Compactions compactions = Database.Compactions.ON;
  private volatile @Nullable StoreUnavailableException down;
  private Duration backoff;
  private long reopenAtNanos;

  CommitThread(JournalSettings settings, OpenFolder folder) {
    this.settings = settings;
    this.folder = folder;
    this.disk = DiskReserve.of(settings.folder(), settings.diskReserveBytes());
    this.queue = new WriteQueue(settings.commit());
    this.backoff = settings.reopenBackoffMin();
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Hands over a write; waits while the queue is full. */
  void submit(Write write) {
    if (!queue.put(write)) {
      write.failed(
          new StoreUnavailableException(
              "the data folder " + settings.folder() + " is closed", null));
    }
  }

  /** Whether a write would be taken now. Any thread may ask. */
  boolean isWritable() {
    return down == null && disk.shortage() == null;
  }

  /** Commits what waits, and returns when the thread has ended. */
  void close() throws InterruptedException {
    queue.close();
    thread.join();
  }

  private void run() {
    try (Flush flush = new Flush(settings.knownKeysMax())) {
      while (!queue.isDone()) {
        List<Write> writes = queue.take(waitNanos());
        if (down != null) {
          tryToReopen(flush);
        }
        if (!writes.isEmpty()) {
          commit(flush, writes);
        }
      }
    } catch (InterruptedException | Error e) {
      LOG.error("The commit thread ends; nothing can be written until the node is restarted", e);
    } finally {
      queue.close();
    }
  }

  private long waitNanos() {
    return down == null ? WriteQueue.FOREVER_NANOS : Math.max(1, reopenAtNanos - System.nanoTime());
  }

  private void commit(Flush flush, List<Write> writes) {
    StoreUnavailableException closed = down;
    StoreUnavailableException reason = closed == null ? disk.shortage() : closed;
    if (reason != null) {
      writes.forEach(write -> write.failed(reason));
      return;
    }
    try {
      flush.begin(folder.forCommits());
      for (Write write : writes) {
        write.stage(flush);
      }
      flush.commit();
    } catch (RocksDBException | RuntimeException e) {
      flush.forget();
      writes.forEach(write -> write.failed(e));
      onFailure(e);
      return;
    }
    writes.forEach(Write::committed);
  }

  private void onFailure(Exception e) {
    LOG.error("Writing to the data folder {} failed", settings.folder(), e);
    if (e instanceof RocksDBException failure) {
      if (StoreFailure.isCorruption(failure)) {
        compactions = Database.Compactions.OFF;
      }
      down =
          new StoreUnavailableException(
              "the data folder "
                  + settings.folder()
                  + " can't be written since a write failed: "
                  + e.getMessage(),
              e);
      reopenAtNanos = System.nanoTime();
    }
  }

  private void tryToReopen(Flush flush) {
    if (System.nanoTime() - reopenAtNanos < 0) {
      return;
    }
    StoreUnavailableException shortage = disk.shortage();
    if (shortage == null) {
      try {
        folder.reopen(compactions);
        flush.forget();
        down = null;
        backoff = settings.reopenBackoffMin();
        LOG.info(
            "The data folder {} is open again, compactions {}", settings.folder(), compactions);
        return;
      } catch (DataFolderException e) {
        LOG.error("The data folder {} can't be opened again yet", settings.folder(), e);
        down = new StoreUnavailableException(String.valueOf(e.getMessage()), e);
      }
    } else {
      down = shortage;
    }
    reopenAtNanos = System.nanoTime() + backoff.toNanos();
    Duration doubled = backoff.multipliedBy(2);
    backoff =
        doubled.compareTo(settings.reopenBackoffMax()) < 0 ? doubled : settings.reopenBackoffMax();
  }
}
