package io.thalweg.journal.rocksdb;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells whether the volume still has room beyond the reserve, which flushing and reopening need.
 * Looks at most every 200 ms. Thread-safe.
 */
final class DiskReserve {
  private static final Logger LOG = LoggerFactory.getLogger(DiskReserve.class);
  private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final int VOLUME_SHARE = 20;

  private final Path folder;
  private final FileStore volume;
  private final long reserveBytes;
  private long lookedAtNanos;
  private @Nullable NoSpaceLeftException shortage;

  private DiskReserve(Path folder, FileStore volume, long reserveBytes) {
    this.folder = folder;
    this.volume = volume;
    this.reserveBytes = reserveBytes;
    this.lookedAtNanos = System.nanoTime() - LOOK_EVERY_NANOS;
  }

  /** The reserve is at most a twentieth of the volume. */
  static DiskReserve of(Path folder, long reserveBytes) {
    try {
      FileStore volume = Files.getFileStore(folder);
      long share = volume.getTotalSpace() / VOLUME_SHARE;
      return new DiskReserve(folder, volume, Math.min(reserveBytes, share));
    } catch (IOException e) {
      throw new DataFolderException(folder, "is on a volume that can't be looked at: " + e, e);
    }
  }

  /** What to tell who writes now; null while there is room. */
  synchronized @Nullable NoSpaceLeftException shortage() {
    long now = System.nanoTime();
    if (now - lookedAtNanos >= LOOK_EVERY_NANOS) {
      lookedAtNanos = now;
      NoSpaceLeftException found = look();
      if (found != null && shortage == null) {
        LOG.error("Writes fail from now on: {}", found.getMessage());
      } else if (found == null && shortage != null) {
        LOG.info("There is room again for the data folder {}", folder);
      }
      shortage = found;
    }
    return shortage;
  }

  private @Nullable NoSpaceLeftException look() {
    try {
      long usable = volume.getUsableSpace();
      return usable < reserveBytes ? new NoSpaceLeftException(folder, usable, reserveBytes) : null;
    } catch (IOException e) {
      return null; // the write itself will tell
    }
  }
}
