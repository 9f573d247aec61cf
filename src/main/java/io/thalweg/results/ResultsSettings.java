package io.thalweg.results;

import com.typesafe.config.Config;
import java.time.Duration;

/**
 * The bounds of queries and subscriptions, {@code thalweg.results}.
 *
 * @param queryTimeout how long a key is waited for; it is asked a second time after half of it
 * @param watchBufferMax what may wait for one watcher: so many batches' outcomes
 * @param watchUnreadMax a watcher that reads nothing for so long is ended; from a second to a day
 * @param watchersMax watchers at a time
 * @param pageSizeMax keys on one page
 */
public record ResultsSettings(
    Duration queryTimeout,
    int watchBufferMax,
    Duration watchUnreadMax,
    int watchersMax,
    int pageSizeMax) {
  private static final Duration UNREAD_MIN = Duration.ofSeconds(1);
  private static final Duration UNREAD_MAX = Duration.ofDays(1);

  public ResultsSettings {
    if (queryTimeout.isNegative() || queryTimeout.isZero()) {
      throw new IllegalArgumentException(
          "thalweg.results.query-timeout must be positive: " + queryTimeout);
    }
    atLeastOne("watch-buffer-max", watchBufferMax);
    if (watchUnreadMax.compareTo(UNREAD_MIN) < 0 || watchUnreadMax.compareTo(UNREAD_MAX) > 0) {
      throw new IllegalArgumentException(
          "thalweg.results.watch-unread-max must be from 1s to 1d: " + watchUnreadMax);
    }
    atLeastOne("watchers-max", watchersMax);
    atLeastOne("page-size-max", pageSizeMax);
  }

  /** Reads {@code thalweg.results}. */
  public static ResultsSettings from(Config config) {
    Config c = config.getConfig("thalweg.results");
    return new ResultsSettings(
        c.getDuration("query-timeout"),
        c.getInt("watch-buffer-max"),
        c.getDuration("watch-unread-max"),
        c.getInt("watchers-max"),
        c.getInt("page-size-max"));
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "thalweg.results." + name + " must be at least 1: " + value);
    }
  }
}
