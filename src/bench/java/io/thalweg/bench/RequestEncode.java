package io.thalweg.bench;

import io.thalweg.client.BatchBuilder;
import io.thalweg.client.Encoding;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a sample costs a client: into a batch, and from there to the wire. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class RequestEncode {
  private static final int SAMPLES = 1_000;
  private static final int KEYS = 10_000;
  private static final long START = TimeUnit.DAYS.toNanos(20_000);

  /** In how many series the batch's 1,000 samples are. */
  @Param({"1000", "10"})
  public int series;

  private final BatchBuilder batch = new BatchBuilder(SAMPLES, BatchBuilder.BYTES_LIMIT);
  private final String[] keys = new String[KEYS];
  private int next;
  private long sequence;

  /** Names the keys. */
  @Setup
  public void name() {
    for (int i = 0; i < KEYS; i++) {
      keys[i] = "sensor-" + (10_000 + i);
    }
  }

  /** A sample of a batch. */
  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public int encode() {
    next = (next + series) % KEYS;
    sequence++;
    for (int sample = 0; sample < SAMPLES; sample++) {
      batch.add(keys[next + sample % series], OptionalLong.of(START + sample), sample);
    }
    return Encoding.write(batch.take(), sequence);
  }
}
