package io.thalweg.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.v1.IngestResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class UnacknowledgedTest {
  private final Unacknowledged batches = new Unacknowledged(3, 10);

  @Test
  void boundsAreInBatchesAndSamplesButOneAlwaysFits() {
    assertThat(batches.hasRoomFor(1_000)).isTrue();
    add(1, 8);
    assertThat(batches.hasRoomFor(3)).isFalse();
    add(2, 1);
    add(3, 1);
    assertThat(batches.hasRoomFor(0)).as("three batches").isFalse();
  }

  @Test
  void afterALossWhatWasSentGoesFirstAndInOrder() {
    add(1, 1);
    add(2, 1);
    add(3, 1);
    assertThat(next()).isEqualTo(1);
    assertThat(next()).isEqualTo(2);
    acknowledge(1);
    batches.rewind();
    assertThat(next()).isEqualTo(2);
    assertThat(next()).isEqualTo(3);
    assertThat(batches.hasWaiting()).isFalse();
  }

  @Test
  void onlyTheOldestOnTheWireCanBeAcknowledged() {
    add(1, 1);
    add(2, 1);
    assertThat(batches.acknowledge(response(1))).as("not sent").isEmpty();
    next();
    next();
    assertThat(batches.acknowledge(response(2))).isEmpty();
    acknowledge(1);
    acknowledge(2);
    assertThat(batches.isEmpty()).isTrue();
  }

  private void add(long sequence, int samples) {
    EncodedRequest request = EncodedRequest.of("s", "p", sequence, EncodedSeries.of(List.of()));
    batches.add(new Unacknowledged.Pending(request, samples, new CompletableFuture<>()));
  }

  private long next() {
    return batches.next().orElseThrow().sequence();
  }

  private void acknowledge(long sequence) {
    assertThat(batches.acknowledge(response(sequence))).isPresent();
  }

  private static IngestResponse response(long sequence) {
    return IngestResponse.newBuilder().setSequence(sequence).build();
  }
}
