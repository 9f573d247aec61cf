package io.thalweg.ingest.kafka;

import io.thalweg.domain.key.BatchResult;
import io.thalweg.route.Admission;
import io.thalweg.route.Caller;
import io.thalweg.route.RouteResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.NotUsed;
import org.apache.pekko.kafka.ConsumerMessage.CommittableMessage;
import org.apache.pekko.kafka.ConsumerMessage.CommittableOffset;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Brings the records of one partition to the keys, in their order, and tells up to where they are
 * durable. Of one assignment of the partition.
 *
 * <p>What was read while the request before was not yet admitted makes the next one: requests grow
 * with the load, and nothing waits while there is none. Nothing is read beyond one request, and the
 * consumer pauses the partition.
 *
 * <p>Dead letters are acknowledged before anything behind them goes to a key. Why that matters is
 * said in the package's description.
 */
final class PartitionFlow {
  private final SourceDefinition source;
  private final String producer;
  private final TopicIdentity topic;
  private final RecordDecoder decoder;
  private final Caller caller;
  private final Optional<DeadLetters> deadLetters;
  private final SourceCounters counters;
  private final AtomicLong waiting = new AtomicLong();

  /** A request that was admitted. */
  private record Admitted(Request request, Admission admission) {}

  /**
   * @param producer whose numbers the offsets are
   * @param topic whose records they must be
   * @param caller of this flow alone
   * @param deadLetters empty: the source stops at poison
   */
  PartitionFlow(
      SourceDefinition source,
      String producer,
      TopicIdentity topic,
      RecordDecoder decoder,
      Caller caller,
      Optional<DeadLetters> deadLetters,
      SourceCounters counters) {
    this.source = source;
    this.producer = producer;
    this.topic = topic;
    this.decoder = decoder;
    this.caller = caller;
    this.deadLetters = deadLetters;
    this.counters = counters;
  }

  /** Offsets up to which all is durable, ascending. Fails where that is not known. */
  Source<CommittableOffset, NotUsed> durable(
      Source<CommittableMessage<byte[], byte[]>, NotUsed> records) {
    return records
        .batch(source.limits().recordsPerRequestMax(), PartitionFlow::listOf, PartitionFlow::with)
        .map(this::decode)
        .mapAsync(1, this::admit)
        .mapAsync(source.limits().requestsInFlightMax(), this::settle);
  }

  /** How many records it has read of which it is not known that they are durable. */
  long waiting() {
    return waiting.get();
  }

  private static List<CommittableMessage<byte[], byte[]>> listOf(
      CommittableMessage<byte[], byte[]> first) {
    List<CommittableMessage<byte[], byte[]>> list = new ArrayList<>();
    list.add(first);
    return list;
  }

  private static List<CommittableMessage<byte[], byte[]>> with(
      List<CommittableMessage<byte[], byte[]>> list, CommittableMessage<byte[], byte[]> next) {
    list.add(next);
    return list;
  }

  private Request decode(List<CommittableMessage<byte[], byte[]>> messages) {
    Request request =
        Request.of(messages, source.stream(), producer, decoder, deadLetters.isEmpty());
    counters.records.add(request.size());
    waiting.addAndGet(request.size());
    return request;
  }

  private CompletionStage<Admitted> admit(Request request) {
    return topic.confirm().thenCompose(same -> admitConfirmed(request));
  }

  private CompletionStage<Admitted> admitConfirmed(Request request) {
    if (request.letters().isEmpty()) {
      return offer(request);
    }
    if (deadLetters.isEmpty()) { // nothing behind it is admitted before this has failed
      return offer(request)
          .thenCompose(this::settle)
          .thenCompose(
              durable ->
                  CompletableFuture.failedFuture(
                      new StoppedAtPoisonException(request.letters().getFirst())));
    }
    return bury(request.letters()).thenCompose(sent -> offer(request));
  }

  private CompletionStage<Admitted> offer(Request request) {
    return caller.admit(request.batch()).thenApply(admission -> new Admitted(request, admission));
  }

  private CompletionStage<CommittableOffset> settle(Admitted admitted) {
    return admitted.admission().result().thenCompose(result -> settle(admitted.request(), result));
  }

  private CompletionStage<CommittableOffset> settle(Request request, RouteResult result) {
    return switch (result) {
      case RouteResult.Unavailable unavailable ->
          CompletableFuture.failedFuture(new NotDurableException(unavailable.reason()));
      case RouteResult.Answered answered -> settle(request, answered);
    };
  }

  private CompletionStage<CommittableOffset> settle(Request request, RouteResult.Answered answer) {
    List<Letter> refused = new ArrayList<>(0);
    long known = answer.duplicate();
    for (RouteResult.Refusal refusal : answer.refusals()) {
      Optional<String> reason = reason(refusal);
      if (reason.isPresent()) {
        refused.add(new Letter(request.records().get(refusal.series()), reason.get()));
      } else {
        known++;
      }
    }
    counters.samples.add(answer.recorded());
    counters.duplicates.add(known);
    waiting.addAndGet(-request.size());
    if (refused.isEmpty()) {
      return CompletableFuture.completedFuture(request.last());
    }
    return deadLetters.isEmpty()
        ? CompletableFuture.failedFuture(new StoppedAtPoisonException(refused.getFirst()))
        : bury(refused).thenApply(sent -> request.last());
  }

  /**
   * Why a sample was not counted; empty: it was, by an earlier delivery. A number too old to look
   * up is such a one here, because each key gets the numbers of a partition in their order.
   */
  private static Optional<String> reason(RouteResult.Refusal refusal) {
    return switch (refusal) {
      case RouteResult.Refusal.KeyUnreadable unreadable ->
          Optional.of("the key can't be read: " + unreadable.reason());
      case RouteResult.Refusal.ByKey byKey ->
          switch (byKey.reason()) {
            case BatchResult.Stale counted -> Optional.empty();
            case BatchResult.TooManyProducers full ->
                Optional.of(
                    "the key remembers %,d producers, and takes no further partition"
                        .formatted(full.limit()));
          };
    };
  }

  private CompletionStage<Integer> bury(List<Letter> letters) {
    return deadLetters
        .orElseThrow()
        .send(letters)
        .thenApply(
            sent -> {
              counters.deadLetters.add(sent);
              return sent;
            });
  }
}
