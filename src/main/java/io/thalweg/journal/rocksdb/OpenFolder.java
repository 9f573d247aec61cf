package io.thalweg.journal.rocksdb;

import io.thalweg.journal.StoreUnavailableException;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data folder as it is shared: any thread reads; the commit thread alone commits, and closes
 * and opens it again after a failure, while no read is under way. (How far queues were told is
 * written among the reads.)
 */
final class OpenFolder {
  private static final Logger LOG = LoggerFactory.getLogger(OpenFolder.class);

  private final RocksSettings settings;
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);
  private @Nullable Database database;

  OpenFolder(RocksSettings settings) {
    this.settings = settings;
    this.database = Database.open(settings.folder(), settings.memory(), Database.Compactions.ON);
  }

  /** What is done with the open folder. */
  interface Reading<T> {
    T apply(Database database) throws RocksDBException;
  }

  /**
   * Reads.
   *
   * @throws StoreUnavailableException if the store can't read at the moment
   */
  <T> T read(Reading<T> reading) {
    lock.readLock().lock();
    try {
      return reading.apply(open());
    } catch (RocksDBException e) {
      throw new StoreUnavailableException(
          "the data folder " + settings.folder() + " can't be read: " + e.getMessage(), e);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** For the commit thread, which alone may close what it gets. */
  Database forCommits() {
    return open();
  }

  /** Closes the folder and opens it again, without what was not committed. */
  void reopen(Database.Compactions compactions) {
    lock.writeLock().lock();
    try {
      if (database != null) {
        Database failed = database;
        database = null;
        failed.close(false);
      }
      database = Database.open(settings.folder(), settings.memory(), compactions);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Closes the folder for good. Without a failure the next start finds an empty log. */
  void close() {
    lock.writeLock().lock();
    try {
      if (database != null) {
        RocksDBException failure = database.close(true);
        database = null;
        if (failure != null) {
          LOG.warn(
              "The data folder {} was closed without a flush, its log is read at the next start: {}",
              settings.folder(),
              failure.getMessage());
        }
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  private Database open() {
    Database current = database;
    if (current == null) {
      throw new StoreUnavailableException(
          "the data folder " + settings.folder() + " is closed", null);
    }
    return current;
  }
}
