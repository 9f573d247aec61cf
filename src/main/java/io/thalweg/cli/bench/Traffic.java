package io.thalweg.cli.bench;

import io.thalweg.v1.IngestResponse;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What has been sent and answered, by all producers. Thread-safe. */
final class Traffic {
  private final LongAdder sent = new LongAdder();
  private final LongAdder answered = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder resent = new LongAdder();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  void sent(long samples) {
    sent.add(samples);
  }

  void answered(long samples, IngestResponse response) {
    answered.add(samples);
    resent.add(response.getDuplicate());
    refused.add(samples - response.getRecorded() - response.getDuplicate());
  }

  void failed(Throwable why) {
    failure.compareAndSet(null, why);
  }

  /** Samples of batches that were acknowledged. */
  long answered() {
    return answered.sum();
  }

  long inFlight() {
    return sent.sum() - answered.sum();
  }

  /** Samples that the server did not count and said so. */
  long refused() {
    return refused.sum();
  }

  /** Samples that were counted by a delivery whose answer was lost. */
  long resent() {
    return resent.sum();
  }

  /** Throws why the run can't go on, if it can't. */
  void throwFailure() {
    Throwable why = failure.get();
    if (why instanceof RuntimeException e) {
      throw e;
    }
    if (why != null) {
      throw new IllegalStateException(why);
    }
  }
}
