package io.thalweg.entity;

import io.thalweg.codec.BatchCodec;
import io.thalweg.codec.ReportCodec;
import io.thalweg.codec.Unreadable;
import io.thalweg.domain.key.IdleDeadline;
import io.thalweg.wire.v1.Answer;
import io.thalweg.wire.v1.Checked;
import io.thalweg.wire.v1.Question;
import io.thalweg.wire.v1.Record;
import java.io.IOException;
import java.io.NotSerializableException;
import java.util.Optional;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * What nodes say to keys on other nodes, and what these reply. A manifest names a kind and its
 * version. A node that is sent one that it does not know drops the message and says so in its log;
 * its sender sees no reply, as if it had been lost on the way.
 */
final class KeyMessageSerializer extends SerializerWithStringManifest {

  /**
   * An answer that would be longer is one that says so. It leaves room in the largest message that
   * nodes exchange, and is as much as a client takes by gRPC's default.
   */
  static final int ANSWER_BYTES_MAX = 4 << 20;

  private static final String RECORD_1 = "record-1";
  private static final String QUERY_1 = "query-1";
  private static final String CHECK_IDLE_1 = "check-idle-1";
  private static final String REPLY_1 = "reply-1";
  private static final String ANSWER_1 = "answer-1";
  private static final String CHECKED_1 = "checked-1";

  private final ActorRefResolver refs;

  KeyMessageSerializer(ExtendedActorSystem system) {
    this.refs = ActorRefResolver.get(Adapter.toTyped(system));
  }

  @Override
  public int identifier() {
    return 7311;
  }

  @Override
  public String manifest(Object message) {
    return switch (message) {
      case KeyActor.Command.Record record -> RECORD_1;
      case KeyActor.Command.Query query -> QUERY_1;
      case KeyActor.Command.CheckIdle check -> CHECK_IDLE_1;
      case KeyActor.Reply reply -> REPLY_1;
      case KeyActor.Answer answer -> ANSWER_1;
      case KeyActor.Checked checked -> CHECKED_1;
      default -> throw new IllegalArgumentException(message + " is not for other nodes");
    };
  }

  @Override
  public byte[] toBinary(Object message) {
    return switch (message) {
      case KeyActor.Command.Record record -> encode(record);
      case KeyActor.Command.Query query -> question(query.replyTo());
      case KeyActor.Command.CheckIdle check -> question(check.replyTo());
      case KeyActor.Reply reply -> ReplyCodec.encode(reply).toByteArray();
      case KeyActor.Answer answer -> encode(answer).toByteArray();
      case KeyActor.Checked checked -> encode(checked);
      default -> throw new IllegalArgumentException(message + " is not for other nodes");
    };
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    try {
      return switch (manifest) {
        case RECORD_1 -> decode(Record.parseFrom(bytes));
        case QUERY_1 -> new KeyActor.Command.Query(asker(bytes));
        case CHECK_IDLE_1 -> new KeyActor.Command.CheckIdle(asker(bytes));
        case REPLY_1 -> ReplyCodec.decode(io.thalweg.wire.v1.Reply.parseFrom(bytes));
        case ANSWER_1 -> decode(Answer.parseFrom(bytes));
        case CHECKED_1 -> decode(Checked.parseFrom(bytes));
        default -> throw Unreadable.unknown(manifest);
      };
    } catch (IOException | IllegalArgumentException unreadable) {
      throw Unreadable.because(manifest, unreadable);
    }
  }

  private byte[] encode(KeyActor.Command.Record record) {
    Record.Builder message =
        Record.newBuilder()
            .setDelivery(record.delivery())
            .setReplyTo(refs.toSerializationFormat(record.replyTo()));
    record.batches().forEach(batch -> message.addBatches(BatchCodec.encode(batch)));
    return message.build().toByteArray();
  }

  private KeyActor.Command.Record decode(Record message) {
    return new KeyActor.Command.Record(
        message.getDelivery(),
        message.getBatchesList().stream().map(BatchCodec::decode).toList(),
        refs.resolveActorRef(message.getReplyTo()));
  }

  private byte[] question(ActorRef<?> replyTo) {
    return Question.newBuilder()
        .setReplyTo(refs.toSerializationFormat(replyTo))
        .build()
        .toByteArray();
  }

  private <T> ActorRef<T> asker(byte[] bytes) throws IOException {
    return refs.resolveActorRef(Question.parseFrom(bytes).getReplyTo());
  }

  /** A key with very many open windows may have more to tell than a message holds. */
  private static Answer encode(KeyActor.Answer answer) {
    Answer message =
        switch (answer) {
          case KeyActor.Answer.Known known ->
              Answer.newBuilder().setKnown(ReportCodec.encode(known.state())).build();
          case KeyActor.Answer.Unreadable unreadable ->
              Answer.newBuilder().setUnreadable(ReplyCodec.encode(unreadable.failure())).build();
          case KeyActor.Answer.TooLarge tooLarge ->
              Answer.newBuilder().setTooLarge(tooLarge.bytes()).build();
        };
    return message.getSerializedSize() <= ANSWER_BYTES_MAX
        ? message
        : Answer.newBuilder().setTooLarge(message.getSerializedSize()).build();
  }

  private static KeyActor.Answer decode(Answer message) {
    return switch (message.getAnswerCase()) {
      case KNOWN -> new KeyActor.Answer.Known(ReportCodec.decode(message.getKnown()));
      case UNREADABLE -> new KeyActor.Answer.Unreadable(ReplyCodec.decode(message.getUnreadable()));
      case TOO_LARGE -> new KeyActor.Answer.TooLarge(message.getTooLarge());
      case ANSWER_NOT_SET -> throw new IllegalArgumentException("an answer of an unknown kind");
    };
  }

  private static byte[] encode(KeyActor.Checked checked) {
    Checked.Builder message = Checked.newBuilder();
    checked.next().ifPresent(next -> message.setNextNanos(next.atNanos()));
    return message.build().toByteArray();
  }

  private static KeyActor.Checked decode(Checked message) {
    return new KeyActor.Checked(
        message.hasNextNanos()
            ? Optional.of(new IdleDeadline(message.getNextNanos()))
            : Optional.empty());
  }
}
