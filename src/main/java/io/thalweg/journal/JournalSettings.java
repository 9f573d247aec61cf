package io.thalweg.journal;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.Locale;

/**
 * What both stores are bound by. Each is described where its default stands, in {@code
 * reference.conf} under {@code thalweg.journal}.
 *
 * @param shards of keys, as the cluster counts them
 */
public record JournalSettings(
    Kind kind,
    Commit commit,
    int knownKeysMax,
    int snapshotsKept,
    Duration reopenBackoffMin,
    Duration reopenBackoffMax,
    HistoryBatch historyBatch,
    int shards) {

  private static final String PATH = "thalweg.journal";
  private static final String SHARDS_PATH = "thalweg.cluster.shards";

  /** Which store. */
  public enum Kind {
    ROCKSDB,
    POSTGRES;

    /** As it stands in the configuration. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static Kind of(String text) {
      for (Kind kind : values()) {
        if (kind.text().equals(text)) {
          return kind;
        }
      }
      throw new IllegalArgumentException(
          PATH + ".store must be rocksdb or postgres, not '" + text + "'");
    }
  }

  public JournalSettings {
    require(
        knownKeysMax >= commit.flushEventsMax,
        "known-keys-max (>= flush-events-max)",
        knownKeysMax);
    require(
        snapshotsKept >= 1 && snapshotsKept <= 1_000, "snapshots-kept (1 to 1000)", snapshotsKept);
    require(reopenBackoffMin.toMillis() >= 1, "reopen-backoff-min (>= 1ms)", reopenBackoffMin);
    require(
        reopenBackoffMax.compareTo(reopenBackoffMin) >= 0,
        "reopen-backoff-max (>= reopen-backoff-min)",
        reopenBackoffMax);
    if (shards < 1 || shards > 10_000) {
      throw new IllegalArgumentException(SHARDS_PATH + " (1 to 10000) must not be " + shards);
    }
  }

  /** How writes wait and how many of them are committed at once. */
  public record Commit(
      int queuedWritesMax, long queuedBytesMax, int flushEventsMax, long flushBytesMax) {
    public Commit {
      require(queuedWritesMax >= 1, "queued-writes-max (>= 1)", queuedWritesMax);
      require(queuedBytesMax >= 1, "queued-bytes-max (>= 1)", queuedBytesMax);
      require(
          flushEventsMax >= 1 && flushEventsMax <= 1_000_000,
          "flush-events-max (1 to 1000000)",
          flushEventsMax);
      require(
          flushBytesMax >= 1 && flushBytesMax <= 1L << 28,
          "flush-bytes-max (1 to 256 MiB)",
          flushBytesMax);
    }
  }

  /** How much of a key's history is read at once. */
  public record HistoryBatch(int eventsMax, long bytesMax) {
    public HistoryBatch {
      require(
          eventsMax >= 1 && eventsMax <= 100_000, "history-events-max (1 to 100000)", eventsMax);
      require(bytesMax >= 1, "history-bytes-max (>= 1)", bytesMax);
    }
  }

  /** Reads {@code thalweg.journal} of a system's configuration. */
  static JournalSettings from(Config system) {
    Config config = system.getConfig(PATH);
    return new JournalSettings(
        Kind.of(config.getString("store")),
        new Commit(
            config.getInt("queued-writes-max"),
            config.getBytes("queued-bytes-max"),
            config.getInt("flush-events-max"),
            config.getBytes("flush-bytes-max")),
        config.getInt("known-keys-max"),
        config.getInt("snapshots-kept"),
        config.getDuration("reopen-backoff-min"),
        config.getDuration("reopen-backoff-max"),
        new HistoryBatch(config.getInt("history-events-max"), config.getBytes("history-bytes-max")),
        system.getInt(SHARDS_PATH));
  }

  private static void require(boolean holds, String what, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(PATH + "." + what + " must not be " + value);
    }
  }
}
