package io.thalweg.journal.rocksdb;

import com.typesafe.config.Config;
import java.nio.file.Path;

/**
 * What the embedded store may take. Each is described where its default stands, in {@code
 * reference.conf} under {@code thalweg.journal}.
 */
public record RocksSettings(Path folder, long diskReserveBytes, Memory memory) {
  private static final String PATH = "thalweg.journal";

  public RocksSettings {
    require(!folder.toString().isEmpty(), "folder", folder);
    require(diskReserveBytes >= 0, "disk-reserve (>= 0)", diskReserveBytes);
  }

  /** Memory, files and threads. */
  public record Memory(
      long writeBufferBytes,
      long blockCacheBytes,
      long walBytesMax,
      int openFilesMax,
      int backgroundJobsMax,
      long infoLogBytesMax) {
    public Memory {
      require(writeBufferBytes >= 1 << 20, "write-buffer (>= 1 MiB)", writeBufferBytes);
      require(blockCacheBytes >= 1 << 20, "block-cache (>= 1 MiB)", blockCacheBytes);
      require(walBytesMax >= 1 << 20, "wal-max (>= 1 MiB)", walBytesMax);
      require(openFilesMax >= 50, "open-files-max (>= 50)", openFilesMax);
      require(
          backgroundJobsMax >= 2 && backgroundJobsMax <= 64,
          "background-jobs-max (2 to 64)",
          backgroundJobsMax);
      require(infoLogBytesMax >= 64 << 10, "info-log-max (>= 64 KiB)", infoLogBytesMax);
    }
  }

  /** Reads {@code thalweg.journal} of a system's configuration. */
  public static RocksSettings from(Config system) {
    Config config = system.getConfig(PATH);
    return new RocksSettings(
        Path.of(config.getString("folder")),
        config.getBytes("disk-reserve"),
        new Memory(
            config.getBytes("write-buffer"),
            config.getBytes("block-cache"),
            config.getBytes("wal-max"),
            config.getInt("open-files-max"),
            config.getInt("background-jobs-max"),
            config.getBytes("info-log-max")));
  }

  private static void require(boolean holds, String what, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(PATH + "." + what + " must not be " + value);
    }
  }
}
