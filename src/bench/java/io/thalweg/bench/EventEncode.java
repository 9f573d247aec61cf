package io.thalweg.bench;

import io.thalweg.domain.key.KeyEvent;
import io.thalweg.journal.EventBytes;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the bytes of an event of {@value GatheredBatches#BATCHES} batches of one sample cost: to
 * write the event, to read it, and to write the row around it.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class EventEncode {
  private static final int EVENTS = 64;

  private final EventBytes bytes = new EventBytes();
  private final KeyEvent[] events = new KeyEvent[EVENTS];
  private final byte[][] written = new byte[EVENTS][];
  private int next;

  /** With events to write and to read. */
  public EventEncode() {
    GatheredBatches batches = new GatheredBatches();
    for (int i = 0; i < EVENTS; i++) {
      events[i] = new KeyEvent.Recorded(Optional.empty(), i, batches.next(i), List.of());
      written[i] = bytes.write(events[i]);
    }
  }

  /** An event's bytes. */
  @Benchmark
  public byte[] write() {
    return bytes.write(events[next()]);
  }

  /** An event of its bytes. */
  @Benchmark
  public Object read() throws IOException {
    return bytes.read(written[next()]);
  }

  /** A row's bytes, with its key, around those of an event. */
  @Benchmark
  public byte[] row() {
    int event = next();
    return bytes.row("Key|stream|key-" + event, event, written[event]);
  }

  private int next() {
    next = (next + 1) & (EVENTS - 1);
    return next;
  }
}
