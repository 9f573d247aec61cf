package io.thalweg.hostile;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads a byte a second until some time, and all that comes from then on. One thread reads. */
final class SlowInput extends FilterInputStream {
  private final long untilNanos;
  private final AtomicInteger slowly = new AtomicInteger();

  /**
   * @param untilNanos by {@link System#nanoTime}
   */
  SlowInput(InputStream in, long untilNanos) {
    super(in);
    this.untilNanos = untilNanos;
  }

  /** How many bytes were read so slowly. */
  int slowly() {
    return slowly.get();
  }

  @Override
  public int read() throws IOException {
    awaitTurn();
    return super.read();
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    return super.read(bytes, offset, awaitTurn() ? Math.min(1, length) : length);
  }

  /** False: it need not be slow any more. */
  private boolean awaitTurn() throws InterruptedIOException {
    long left = untilNanos - System.nanoTime();
    if (left <= 0) {
      return false;
    }
    try {
      TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
    slowly.incrementAndGet();
    return true;
  }
}
