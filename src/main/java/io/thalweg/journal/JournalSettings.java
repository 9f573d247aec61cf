package io.thalweg.journal;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Bounds of the journal's store. Each is described where its default stands, in {@code
 * reference.conf} under {@code thalweg.journal}.
 */
record JournalSettings(
    Path folder,
    Commit commit,
    int knownKeysMax,
    int snapshotsKept,
    long diskReserveBytes,
    Duration reopenBackoffMin,
    Duration reopenBackoffMax,
    Store store,
    HistoryBatch historyBatch) {

  private static final String PATH = "thalweg.journal";

  JournalSettings {
    require(!folder.toString().isEmpty(), "folder", folder);
    require(
        knownKeysMax >= commit.flushEventsMax,
        "known-keys-max (>= flush-events-max)",
        knownKeysMax);
    require(
        snapshotsKept >= 1 && snapshotsKept <= 1_000, "snapshots-kept (1 to 1000)", snapshotsKept);
    require(diskReserveBytes >= 0, "disk-reserve (>= 0)", diskReserveBytes);
    require(reopenBackoffMin.toMillis() >= 1, "reopen-backoff-min (>= 1ms)", reopenBackoffMin);
    require(
        reopenBackoffMax.compareTo(reopenBackoffMin) >= 0,
        "reopen-backoff-max (>= reopen-backoff-min)",
        reopenBackoffMax);
  }

  /** How writes wait and how many of them are committed at once. */
  record Commit(int queuedWritesMax, long queuedBytesMax, int flushEventsMax, long flushBytesMax) {
    Commit {
      require(queuedWritesMax >= 1, "queued-writes-max (>= 1)", queuedWritesMax);
      require(queuedBytesMax >= 1, "queued-bytes-max (>= 1)", queuedBytesMax);
      require(
          flushEventsMax >= 1 && flushEventsMax <= 1_000_000,
          "flush-events-max (1 to 1000000)",
          flushEventsMax);
      require(
          flushBytesMax >= 1 && flushBytesMax <= 1L << 30,
          "flush-bytes-max (1 to 1 GiB)",
          flushBytesMax);
    }
  }

  /** What the embedded store may take of memory, files and threads. */
  record Store(
      long writeBufferBytes,
      long blockCacheBytes,
      long walBytesMax,
      int openFilesMax,
      int backgroundJobsMax,
      long infoLogBytesMax) {
    Store {
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

  /** How much of a key's history is read at once. */
  record HistoryBatch(int eventsMax, long bytesMax) {
    HistoryBatch {
      require(
          eventsMax >= 1 && eventsMax <= 100_000, "history-events-max (1 to 100000)", eventsMax);
      require(bytesMax >= 1, "history-bytes-max (>= 1)", bytesMax);
    }
  }

  /** Reads {@code thalweg.journal} of a system's configuration. */
  static JournalSettings from(Config system) {
    Config config = system.getConfig(PATH);
    return new JournalSettings(
        Path.of(config.getString("folder")),
        new Commit(
            config.getInt("queued-writes-max"),
            config.getBytes("queued-bytes-max"),
            config.getInt("flush-events-max"),
            config.getBytes("flush-bytes-max")),
        config.getInt("known-keys-max"),
        config.getInt("snapshots-kept"),
        config.getBytes("disk-reserve"),
        config.getDuration("reopen-backoff-min"),
        config.getDuration("reopen-backoff-max"),
        new Store(
            config.getBytes("write-buffer"),
            config.getBytes("block-cache"),
            config.getBytes("wal-max"),
            config.getInt("open-files-max"),
            config.getInt("background-jobs-max"),
            config.getBytes("info-log-max")),
        new HistoryBatch(
            config.getInt("history-events-max"), config.getBytes("history-bytes-max")));
  }

  private static void require(boolean holds, String what, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(PATH + "." + what + " must not be " + value);
    }
  }
}
