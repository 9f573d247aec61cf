package io.thalweg.status;

import io.thalweg.codec.Unreadable;
import io.thalweg.v1.NodeReport;
import io.thalweg.wire.v1.Question;
import java.io.IOException;
import java.io.NotSerializableException;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** What the reporters of nodes are asked, and what they tell. */
final class StatusSerializer extends SerializerWithStringManifest {
  private static final String ASK_1 = "ask-1";
  private static final String REPORT_1 = "report-1";

  private final ActorRefResolver refs;

  StatusSerializer(ExtendedActorSystem system) {
    this.refs = ActorRefResolver.get(Adapter.toTyped(system));
  }

  @Override
  public int identifier() {
    return 7314;
  }

  @Override
  public String manifest(Object message) {
    return switch (message) {
      case StatusReporter.Message.Ask ask -> ASK_1;
      case NodeReport report -> REPORT_1;
      default -> throw new IllegalArgumentException(message + " is not for other nodes");
    };
  }

  @Override
  public byte[] toBinary(Object message) {
    return switch (message) {
      case StatusReporter.Message.Ask ask ->
          Question.newBuilder()
              .setReplyTo(refs.toSerializationFormat(ask.replyTo()))
              .build()
              .toByteArray();
      case NodeReport report -> report.toByteArray();
      default -> throw new IllegalArgumentException(message + " is not for other nodes");
    };
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    try {
      return switch (manifest) {
        case ASK_1 ->
            new StatusReporter.Message.Ask(
                refs.resolveActorRef(Question.parseFrom(bytes).getReplyTo()));
        case REPORT_1 -> NodeReport.parseFrom(bytes);
        default -> throw Unreadable.unknown(manifest);
      };
    } catch (IOException | IllegalArgumentException unreadable) {
      throw Unreadable.because(manifest, unreadable);
    }
  }
}
