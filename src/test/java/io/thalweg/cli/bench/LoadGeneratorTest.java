package io.thalweg.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thalweg.v1.IngestResponse;
import io.thalweg.v1.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** When batches are sent and from when they are measured, in a time that the test moves. */
class LoadGeneratorTest {
  private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);
  private static final int KEYS = 3;

  private final ManualTicker ticker = new ManualTicker();
  private final Traffic traffic = new Traffic();
  private final Latencies latencies = new Latencies(new Interval(0, Long.MAX_VALUE));
  private final long[] made = new long[KEYS];

  /** Sleepers move it. */
  private static final class ManualTicker implements Ticker {
    private long now;

    @Override
    public long nanoTime() {
      return now;
    }

    @Override
    public void sleepTowards(long nanoTime) {
      now = Math.max(now, nanoTime);
    }
  }

  @Test
  void openLoopSendsOnSchedule() {
    List<Long> sentAt = new ArrayList<>();
    run(
        new Pace.Open(ticker, 5 * MILLISECOND, 2.5 * MILLISECOND),
        5,
        batch -> {
          sentAt.add(ticker.now);
          return answered(batch);
        });
    assertThat(sentAt)
        .containsExactly(5_000_000L, 7_500_000L, 10_000_000L, 12_500_000L, 15_000_000L);
  }

  @Test
  void batchesThatWereDueDuringAStallAreMeasuredFromWhenTheyWereDue() {
    run(
        new Pace.Open(ticker, 0, MILLISECOND),
        200,
        batch -> {
          // The eleventh batch finds the server stalled, and all behind it wait.
          ticker.now += sent() == 11 ? 100 * MILLISECOND : 0;
          return answered(batch);
        });
    Histogram recorded = latencies.takeMeasured();
    assertThat(recorded.getTotalCount()).isEqualTo(200);
    assertThat(recorded.getMaxValue()).isBetween(99_000L, 101_000L);
    // 100 batches were due meanwhile: half of all have waited, 50 ms on average.
    assertThat(recorded.getCountBetweenValues(500, Long.MAX_VALUE)).isBetween(99L, 101L);
    assertThat(recorded.getValueAtPercentile(75)).isBetween(45_000L, 55_000L);
  }

  @Test
  void closedLoopDoesNotCountWaitingForRoom() {
    run(
        new Pace.Closed(ticker),
        200,
        batch -> {
          CompletableFuture<IngestResponse> answer = answered(batch);
          ticker.now += 100 * MILLISECOND;
          return answer;
        });
    assertThat(latencies.takeMeasured().getMaxValue()).isBetween(99_000L, 101_000L);
  }

  @Test
  void onlyBatchesThatWereDueInTheIntervalAreMeasured() {
    Latencies some = new Latencies(new Interval(10 * MILLISECOND, 20 * MILLISECOND));
    for (int due = 0; due < 30; due++) {
      some.record(due * MILLISECOND, (due + 100) * MILLISECOND);
    }
    assertThat(some.takeMeasured().getTotalCount()).isEqualTo(10);
    assertThat(some.takeNew().getTotalCount()).isEqualTo(30);
    assertThat(some.takeNew().getTotalCount()).isZero();
  }

  @Test
  void eachKeysSamplesAreSentInTheirOrder() {
    CountWorkload workload = new CountWorkload(100);
    List<List<Double>> values = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    run(
        new Pace.Closed(ticker),
        50,
        batch -> {
          batch.forEach(s -> values.get(s.getKey().charAt(4) - '0').addAll(s.getValuesList()));
          return answered(batch);
        });
    for (int key = 0; key < KEYS; key++) {
      assertThat(values.get(key)).hasSize((int) made[key]);
      for (int index = 0; index < made[key]; index++) {
        assertThat(values.get(key).get(index)).isEqualTo(workload.value(key, index));
      }
    }
    assertThat(traffic.answered()).isEqualTo(made[0] + made[1] + made[2]).isEqualTo(50 * 4);
    assertThat(traffic.inFlight()).isZero();
  }

  @Test
  void whatTheServerDoesNotCountIsToldApart() {
    run(
        new Pace.Closed(ticker),
        2,
        batch ->
            CompletableFuture.completedFuture(
                IngestResponse.newBuilder().setRecorded(1).setDuplicate(2).build()));
    assertThat(traffic.refused()).isEqualTo(2);
    assertThat(traffic.resent()).isEqualTo(4);
  }

  @Test
  void aFailureEndsTheRunAndIsTold() {
    LoadGenerator generator =
        generator(
            new Pace.Closed(ticker),
            batch -> CompletableFuture.failedFuture(new IllegalArgumentException("no")));
    generator.run();
    assertThatThrownBy(traffic::throwFailure).hasMessage("no");
  }

  private int batches;

  private int sent() {
    return batches;
  }

  private void run(Pace pace, int count, LoadGenerator.Sender sender) {
    LoadGenerator[] generator = new LoadGenerator[1];
    generator[0] =
        generator(
            pace,
            batch -> {
              batches++;
              CompletableFuture<IngestResponse> answer = sender.send(batch);
              if (batches == count) {
                generator[0].stop();
              }
              return answer;
            });
    generator[0].run();
  }

  private LoadGenerator generator(Pace pace, LoadGenerator.Sender sender) {
    BatchMaker maker =
        new BatchMaker(
            new CountWorkload(100),
            Distribution.UNIFORM.choice(new KeyChoice.Own(0, 1, KEYS), 1),
            new KeyNames("key-", KEYS),
            made,
            2,
            2);
    return new LoadGenerator(sender, maker, pace, ticker, traffic, latencies, 10);
  }

  private static CompletableFuture<IngestResponse> answered(List<Series> batch) {
    long samples = batch.stream().mapToLong(Series::getValuesCount).sum();
    return CompletableFuture.completedFuture(
        IngestResponse.newBuilder().setRecorded(samples).build());
  }
}
