package io.thalweg.entity;

import io.thalweg.domain.key.BatchResult;
import io.thalweg.wire.v1.BatchResult.Counted;
import io.thalweg.wire.v1.BatchResult.Stale;
import io.thalweg.wire.v1.Reply.Recorded;
import io.thalweg.wire.v1.Reply.Unknown;

/** A key's reply to a record, as a message between nodes. */
public final class ReplyCodec {
  private ReplyCodec() {}

  public static io.thalweg.wire.v1.Reply encode(KeyActor.Reply reply) {
    io.thalweg.wire.v1.Reply.Builder message =
        io.thalweg.wire.v1.Reply.newBuilder().setDelivery(reply.delivery());
    switch (reply) {
      case KeyActor.Reply.Recorded recorded -> {
        Recorded.Builder results = Recorded.newBuilder();
        recorded.results().forEach(result -> results.addResults(encode(result)));
        message.setRecorded(results);
      }
      case KeyActor.Reply.Unknown unknown -> message.setUnknown(Unknown.getDefaultInstance());
      case KeyActor.Reply.Failed failed -> message.setFailed(encode(failed.failure()));
    }
    return message.build();
  }

  /**
   * The reverse.
   *
   * @throws IllegalArgumentException if it is of a kind that is not known here
   */
  public static KeyActor.Reply decode(io.thalweg.wire.v1.Reply message) {
    long delivery = message.getDelivery();
    return switch (message.getReplyCase()) {
      case RECORDED ->
          new KeyActor.Reply.Recorded(
              delivery,
              message.getRecorded().getResultsList().stream().map(ReplyCodec::decode).toList());
      case UNKNOWN -> new KeyActor.Reply.Unknown(delivery);
      case FAILED -> new KeyActor.Reply.Failed(delivery, decode(message.getFailed()));
      case REPLY_NOT_SET -> throw new IllegalArgumentException("a reply of an unknown kind");
    };
  }

  static io.thalweg.wire.v1.KeyFailure encode(KeyFailure failure) {
    return io.thalweg.wire.v1.KeyFailure.newBuilder()
        .setDamaged(failure.damaged())
        .setReason(failure.reason())
        .build();
  }

  static KeyFailure decode(io.thalweg.wire.v1.KeyFailure message) {
    return new KeyFailure(message.getDamaged(), message.getReason());
  }

  private static io.thalweg.wire.v1.BatchResult encode(BatchResult result) {
    io.thalweg.wire.v1.BatchResult.Builder message = io.thalweg.wire.v1.BatchResult.newBuilder();
    switch (result) {
      case BatchResult.Counted counted ->
          message.setCounted(
              Counted.newBuilder().setSamples(counted.samples()).setLate(counted.late()));
      case BatchResult.Duplicate duplicate -> message.setDuplicate(duplicate.samples());
      case BatchResult.Stale stale ->
          message.setStale(
              Stale.newBuilder().setSequence(stale.sequence()).setHighest(stale.highest()));
      case BatchResult.TooManyProducers tooMany -> message.setTooManyProducers(tooMany.limit());
    }
    return message.build();
  }

  private static BatchResult decode(io.thalweg.wire.v1.BatchResult message) {
    return switch (message.getResultCase()) {
      case COUNTED ->
          new BatchResult.Counted(
              message.getCounted().getSamples(), message.getCounted().getLate());
      case DUPLICATE -> new BatchResult.Duplicate(message.getDuplicate());
      case STALE ->
          new BatchResult.Stale(message.getStale().getSequence(), message.getStale().getHighest());
      case TOO_MANY_PRODUCERS -> new BatchResult.TooManyProducers(message.getTooManyProducers());
      case RESULT_NOT_SET -> throw new IllegalArgumentException("a result of an unknown kind");
    };
  }
}
