package io.thalweg.bench;

import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import io.thalweg.ingest.Decoding;
import io.thalweg.v1.IngestRequest;
import io.thalweg.v1.Series;
import java.util.List;
import java.util.Optional;
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

/** What a sample costs the edge: from a request's bytes to a batch that was checked. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class RequestDecode {
  private static final int SAMPLES = 1_000;
  private static final int REQUESTS = 16;
  private static final long NOW = TimeUnit.DAYS.toNanos(20_000);
  private static final long SECOND = 1_000_000_000;

  /** In how many series the request's 1,000 samples are. */
  @Param({"1000", "10"})
  public int series;

  private final Decoding decoding = new Decoding(stream(), NOW);
  private final byte[][] requests = new byte[REQUESTS][];
  private int next;

  /** Makes the requests, each of other keys. */
  @Setup
  public void make() {
    for (int i = 0; i < REQUESTS; i++) {
      requests[i] = request(i).toByteArray();
    }
  }

  /** A sample of a request. */
  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public int decode() {
    next = (next + 1) % REQUESTS;
    return decoding.seriesOf(requests[next]);
  }

  private IngestRequest request(int number) {
    IngestRequest.Builder request =
        IngestRequest.newBuilder().setStream("s").setProducerId("producer").setSequence(1 + number);
    for (int i = 0; i < series; i++) {
      Series.Builder ofKey = Series.newBuilder().setKey("sensor-" + (10_000 + number * series + i));
      for (int sample = 0; sample < SAMPLES / series; sample++) {
        ofKey.addTimeUnixNano(NOW - SECOND * sample).addValues(1_000 + sample + i);
      }
      request.addSeries(ofKey);
    }
    return request.build();
  }

  private static StreamDefinition stream() {
    return new StreamDefinition(
        "s",
        List.of(new NamedWindow("w", new WindowDefinition.SlidingCount(100))),
        Optional.empty(),
        new TimeRules(0, 0, 0, SECOND),
        16,
        Statistics.BASIC);
  }
}
