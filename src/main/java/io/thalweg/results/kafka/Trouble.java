package io.thalweg.results.kafka;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is wrong with a sink, told to the log at once and then every half minute as long as it
 * lasts. Set by one thread, read by any.
 */
final class Trouble {
  private static final Logger LOG = LoggerFactory.getLogger(SinkWorker.class);
  private static final Duration AGAIN_AFTER = Duration.ofSeconds(30);

  private final String sink;
  private volatile String text = "";
  private long toldNanos;

  Trouble(String sink) {
    this.sink = sink;
  }

  /** Empty: nothing is wrong. */
  String text() {
    return text;
  }

  void is(String what, long nowNanos) {
    if (!what.equals(text) || nowNanos - toldNanos >= AGAIN_AFTER.toNanos()) {
      LOG.error("Kafka sink {}: {}; its results wait in the journal", sink, what);
      toldNanos = nowNanos;
    }
    text = what;
  }

  void isOver() {
    if (!text.isEmpty()) {
      LOG.info("Kafka sink {}: goes on", sink);
      text = "";
    }
  }
}
