package io.thalweg.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class BenchReportTest {
  private static final Target TARGET =
      new Target.Running("127.0.0.1:7470", List.of(), OptionalLong.empty(), "x-");

  @Test
  void documentHoldsWhatWasMeasured() {
    JsonNode json = BenchReport.json(plan(OptionalDouble.empty()), TARGET, measured(false, 0));
    assertThat(json.path("samples_per_second").asLong()).isEqualTo(2_000_000);
    assertThat(json.at("/ack_ms/p50").asDouble()).isCloseTo(500, withinPercentage(0.1));
    assertThat(json.at("/ack_ms/p99").asDouble()).isCloseTo(990, withinPercentage(0.1));
    assertThat(json.at("/ack_ms/p999").asDouble()).isCloseTo(999, withinPercentage(0.1));
    assertThat(json.at("/ack_ms/max").asDouble()).isCloseTo(1_000, withinPercentage(0.1));
    assertThat(json.at("/cpu_seconds_per_million/server").asDouble()).isEqualTo(1.5);
    assertThat(json.at("/cpu_seconds_per_million/client").asDouble()).isEqualTo(0.5);
    assertThat(json.at("/cpu_seconds_per_million/database").isNull()).isTrue();
    assertThat(json.path("rss_mb").asDouble()).isEqualTo(512);
    assertThat(json.path("samples_per_event").asDouble()).isEqualTo(10);
    assertThat(json.at("/live_heap/bytes").asLong()).isEqualTo(45_000_000);
    assertThat(json.at("/live_heap/active_keys").asLong()).isEqualTo(7);
    assertThat(json.at("/live_heap/bytes_per_active_key").asLong()).isEqualTo(6_000_000);
    assertThat(json.path("lost").asLong()).isZero();
    assertThat(json.path("doubled").asLong()).isZero();
    assertThat(json.path("wrong").asLong()).isZero();
    assertThat(json.at("/checked/keys").asLong()).isEqualTo(7);
    assertThat(json.at("/checked/closed_windows").asLong()).isEqualTo(11);
    assertThat(json.at("/parameters/workload").asText()).isEqualTo("C");
    assertThat(json.at("/parameters/rate").isNull()).isTrue();
    assertThat(json.at("/machine/cores").asInt()).isPositive();
    assertThat(json.has("ack_ms_hot")).isFalse();
  }

  @Test
  void hotKeyIsToldApart() {
    JsonNode json = BenchReport.json(plan(OptionalDouble.of(0.5)), TARGET, measured(true, 0));
    assertThat(json.at("/ack_ms/batches").asLong()).isEqualTo(1_001);
    assertThat(json.at("/ack_ms_others/batches").asLong()).isEqualTo(1_000);
    assertThat(json.at("/ack_ms_hot/p50").asDouble()).isCloseTo(3_000, withinPercentage(0.1));
    assertThat(BenchReport.text(measured(true, 0), Ansi.OFF)).anyMatch(l -> l.contains("hot key"));
  }

  @Test
  void lossIsNotRight() {
    assertThat(measured(false, 0).isRight()).isTrue();
    assertThat(measured(false, 1).isRight()).isFalse();
    assertThat(BenchReport.complaints(measured(false, 1))).containsExactly("key-1: one is missing");
    JsonNode json = BenchReport.json(plan(OptionalDouble.empty()), TARGET, measured(false, 1));
    assertThat(json.path("lost").asLong()).isEqualTo(1);
  }

  private static Plan plan(OptionalDouble hotKey) {
    return new Plan(
        new CountWorkload(100),
        OptionalDouble.empty(),
        7,
        Distribution.UNIFORM,
        1,
        hotKey,
        1_000,
        1,
        1,
        1,
        1_000,
        0,
        1,
        0,
        false);
  }

  private static Measured measured(boolean withHot, long lost) {
    Snapshot before = snapshot(0, 0, Duration.ZERO, Duration.ZERO);
    Snapshot after =
        snapshot(2_000_000_000L, 4_000_000, Duration.ofSeconds(6), Duration.ofSeconds(2));
    return new Measured(
        after.since(before),
        histogram(1_000),
        withHot ? Optional.of(histogram(new long[] {3_000_000})) : Optional.empty(),
        OptionalDouble.of(512),
        0,
        0,
        Optional.of(new LiveHeap(3_000_000, 45_000_000, 7)),
        new Findings(
            7,
            11,
            4_000,
            400,
            lost,
            0,
            0,
            lost > 0 ? List.of("key-1: one is missing") : List.of()));
  }

  private static Snapshot snapshot(long nanos, long samples, Duration server, Duration client) {
    return new Snapshot(nanos, samples, Optional.of(server), Optional.of(client), Optional.empty());
  }

  /** From 1 ms up to so many milliseconds. */
  private static Histogram histogram(int millis) {
    return histogram(LongStream.rangeClosed(1, millis).map(ms -> ms * 1_000).toArray());
  }

  private static Histogram histogram(long[] micros) {
    Histogram histogram = new Histogram(3);
    LongStream.of(micros).forEach(histogram::recordValue);
    return histogram;
  }
}
