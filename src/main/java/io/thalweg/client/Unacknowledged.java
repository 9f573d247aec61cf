package io.thalweg.client;

import io.thalweg.v1.IngestResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The batches of one producer that the server has not acknowledged, in order: those on the wire
 * before those that wait for it. Bounded in batches and in samples; one batch of any size fits
 * where there is none. Not thread-safe.
 */
final class Unacknowledged {

  /** A batch, and who waits for its answer. */
  record Pending(EncodedRequest request, int samples, CompletableFuture<IngestResponse> answer) {}

  private final int batchesMax;
  private final int samplesMax;
  private final ArrayDeque<Pending> sent = new ArrayDeque<>();
  private final ArrayDeque<Pending> waiting = new ArrayDeque<>();
  private long samples;

  Unacknowledged(int batchesMax, int samplesMax) {
    this.batchesMax = batchesMax;
    this.samplesMax = samplesMax;
  }

  boolean hasRoomFor(int batchSamples) {
    return isEmpty() || (size() < batchesMax && samples + batchSamples <= samplesMax);
  }

  void add(Pending batch) {
    waiting.add(batch);
    samples += batch.samples();
  }

  /** The next batch for the wire, which it counts as sent. */
  Optional<EncodedRequest> next() {
    Optional<Pending> batch = Optional.ofNullable(waiting.poll());
    batch.ifPresent(sent::add);
    return batch.map(Pending::request);
  }

  /** Takes out the oldest batch on the wire if the response is its answer. */
  Optional<Pending> acknowledge(IngestResponse response) {
    Pending oldest = sent.peek();
    if (oldest == null || oldest.request().sequence() != response.getSequence()) {
      return Optional.empty();
    }
    samples -= oldest.samples();
    return Optional.ofNullable(sent.poll());
  }

  /** The wire was lost: what was on it goes first on the next one. */
  void rewind() {
    while (!sent.isEmpty()) {
      waiting.addFirst(sent.removeLast());
    }
  }

  /** Takes out all. */
  List<Pending> clear() {
    rewind();
    List<Pending> all = new ArrayList<>(waiting);
    waiting.clear();
    samples = 0;
    return all;
  }

  int size() {
    return sent.size() + waiting.size();
  }

  boolean hasWaiting() {
    return !waiting.isEmpty();
  }

  boolean isEmpty() {
    return size() == 0;
  }
}
