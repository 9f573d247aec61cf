package io.thalweg.kafka;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * What is wrong with a source or a sink, in words: told to the log at once, then every half minute
 * as long as it lasts, and when it is over. Thread-safe.
 */
public final class Trouble {
  private static final Duration AGAIN_AFTER = Duration.ofSeconds(30);

  private final Logger log;
  private final String whose;
  private final String meanwhile;
  private final LongSupplier nanoTime;
  private volatile String text = "";
  private long toldNanos;

  /**
   * @param whose it is: {@code Kafka source 'payments'}
   * @param meanwhile what that means as long as it lasts; only for the log
   */
  public Trouble(Logger log, String whose, String meanwhile, LongSupplier nanoTime) {
    this.log = log;
    this.whose = whose;
    this.meanwhile = meanwhile;
    this.nanoTime = nanoTime;
  }

  /** Empty: nothing is wrong. Does not wait for anyone. */
  public String text() {
    return text;
  }

  /** Something is, or still is. */
  public synchronized void found(String what) {
    long now = nanoTime.getAsLong();
    if (!what.equals(text) || now - toldNanos >= AGAIN_AFTER.toNanos()) {
      log.warn("{}: {}; {}", whose, what, meanwhile);
      toldNanos = now;
    }
    text = what;
  }

  /** Nothing is any more. */
  public synchronized void isOver() {
    if (!text.isEmpty()) {
      log.info("{}: all is well again, after: {}", whose, text);
      text = "";
    }
  }
}
