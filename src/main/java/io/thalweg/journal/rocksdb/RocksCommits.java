package io.thalweg.journal.rocksdb;

import io.thalweg.journal.Commits;
import io.thalweg.journal.StoreUnavailableException;
import io.thalweg.journal.Write;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits with a single synced write.
 *
 * <p>After a failed write RocksDB takes none until it is opened again, which needs room on the
 * volume. If RocksDB failed because compactions hit damaged keys, it is opened without compactions,
 * so that the damage costs the keys that it hit and no others.
 */
final class RocksCommits implements Commits {
  private static final Logger LOG = LoggerFactory.getLogger(RocksCommits.class);

  private final OpenFolder folder;
  private final DiskReserve disk;
  private final Flush flush;
  private final String name;
  private Database.Compactions compactions = Database.Compactions.ON;

  RocksCommits(RocksSettings settings, OpenFolder folder, Flush flush) {
    this.folder = folder;
    this.disk = DiskReserve.of(settings.folder(), settings.diskReserveBytes());
    this.flush = flush;
    this.name = "the data folder " + settings.folder();
  }

  @Override
  public void commit(List<Write> writes) {
    try {
      flush.begin(folder.forCommits());
      for (Write write : writes) {
        flush.stage(write);
      }
      flush.commit();
    } catch (RocksDBException e) {
      flush.forget();
      writes.forEach(write -> write.failed(e));
      if (StoreFailure.isCorruption(e)) {
        compactions = Database.Compactions.OFF;
      }
      throw new StoreUnavailableException(
          name + " can't be written since a write failed: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      LOG.error("Writing to {} failed", name, e);
      flush.forget();
      writes.forEach(write -> write.failed(e));
      return;
    }
    writes.forEach(Write::committed);
  }

  @Override
  public void reopen() {
    StoreUnavailableException shortage = disk.shortage();
    if (shortage != null) {
      throw shortage;
    }
    try {
      folder.reopen(compactions);
      flush.forget();
      LOG.info("{} is open again, compactions {}", name, compactions);
    } catch (DataFolderException e) {
      throw new StoreUnavailableException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public @Nullable StoreUnavailableException shortage() {
    return disk.shortage();
  }

  @Override
  public long idleNanos() {
    return TimeUnit.DAYS.toNanos(1);
  }

  @Override
  public void idle() {}

  @Override
  public String name() {
    return name;
  }

  @Override
  public void close() {
    flush.close();
  }
}
