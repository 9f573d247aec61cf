package io.thalweg.results;

import io.thalweg.codec.Unreadable;
import io.thalweg.domain.key.StreamKey;
import io.thalweg.wire.v1.Acknowledgement;
import io.thalweg.wire.v1.Close;
import io.thalweg.wire.v1.Ended;
import io.thalweg.wire.v1.HappeningBatch;
import io.thalweg.wire.v1.Open;
import io.thalweg.wire.v1.Opened;
import java.io.IOException;
import java.io.NotSerializableException;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** What watches and the feeds of other nodes say to each other. */
final class WatchSerializer extends SerializerWithStringManifest {
  private static final String OPEN_1 = "open-1";
  private static final String OPENED_1 = "opened-1";
  private static final String BATCH_1 = "batch-1";
  private static final String ENDED_1 = "ended-1";
  private static final String ACK_1 = "ack-1";
  private static final String CLOSE_1 = "close-1";

  private final ActorRefResolver refs;

  WatchSerializer(ExtendedActorSystem system) {
    this.refs = ActorRefResolver.get(Adapter.toTyped(system));
  }

  @Override
  public int identifier() {
    return 7313;
  }

  @Override
  public String manifest(Object message) {
    return switch (message) {
      case WatchHub.Message.Open open -> OPEN_1;
      case RemoteWatch.Message.Opened opened -> OPENED_1;
      case RemoteWatch.Message.Batch batch -> BATCH_1;
      case RemoteWatch.Message.Ended ended -> ENDED_1;
      case Feed.Message.Ack ack -> ACK_1;
      case Feed.Message.Close close -> CLOSE_1;
      default -> throw new IllegalArgumentException(message + " is not for other nodes");
    };
  }

  @Override
  public byte[] toBinary(Object message) {
    return switch (message) {
      case WatchHub.Message.Open open -> encode(open);
      case RemoteWatch.Message.Opened opened ->
          Opened.newBuilder()
              .setHub(refs.toSerializationFormat(opened.hub()))
              .setFeed(refs.toSerializationFormat(opened.feed()))
              .build()
              .toByteArray();
      case RemoteWatch.Message.Batch batch ->
          HappeningBatch.newBuilder()
              .setNumber(batch.number())
              .addAllHappenings(batch.happenings())
              .setFeed(refs.toSerializationFormat(batch.feed()))
              .build()
              .toByteArray();
      case RemoteWatch.Message.Ended ended ->
          Ended.newBuilder()
              .setFeed(refs.toSerializationFormat(ended.feed()))
              .build()
              .toByteArray();
      case Feed.Message.Ack ack ->
          Acknowledgement.newBuilder()
              .setNumber(ack.number())
              .setPause(ack.pause())
              .build()
              .toByteArray();
      case Feed.Message.Close close -> Close.getDefaultInstance().toByteArray();
      default -> throw new IllegalArgumentException(message + " is not for other nodes");
    };
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    try {
      return switch (manifest) {
        case OPEN_1 -> decode(Open.parseFrom(bytes));
        case OPENED_1 -> {
          Opened opened = Opened.parseFrom(bytes);
          yield new RemoteWatch.Message.Opened(
              refs.resolveActorRef(opened.getHub()), refs.resolveActorRef(opened.getFeed()));
        }
        case BATCH_1 -> {
          HappeningBatch batch = HappeningBatch.parseFrom(bytes);
          yield new RemoteWatch.Message.Batch(
              batch.getNumber(), batch.getHappeningsList(), refs.resolveActorRef(batch.getFeed()));
        }
        case ENDED_1 ->
            new RemoteWatch.Message.Ended(refs.resolveActorRef(Ended.parseFrom(bytes).getFeed()));
        case ACK_1 -> {
          Acknowledgement ack = Acknowledgement.parseFrom(bytes);
          yield new Feed.Message.Ack(ack.getNumber(), ack.getPause());
        }
        case CLOSE_1 -> Feed.Message.Close.INSTANCE;
        default -> throw Unreadable.unknown(manifest);
      };
    } catch (IOException | IllegalArgumentException unreadable) {
      throw Unreadable.because(manifest, unreadable);
    }
  }

  private byte[] encode(WatchHub.Message.Open open) {
    Open.Builder message =
        Open.newBuilder()
            .setStates(open.interest().states())
            .setWatch(refs.toSerializationFormat(open.watch()));
    switch (open.interest()) {
      case Interest.OneKey one -> message.setStream(one.key().stream()).setKey(one.key().key());
      case Interest.Prefix many -> message.setStream(many.stream()).setPrefix(many.prefix());
    }
    return message.build().toByteArray();
  }

  private WatchHub.Message.Open decode(Open message) {
    Interest interest =
        switch (message.getKeysCase()) {
          case KEY ->
              new Interest.OneKey(
                  new StreamKey(message.getStream(), message.getKey()), message.getStates());
          case PREFIX ->
              new Interest.Prefix(message.getStream(), message.getPrefix(), message.getStates());
          case KEYS_NOT_SET ->
              throw new IllegalArgumentException("a watch of a kind that is not known here");
        };
    return new WatchHub.Message.Open(interest, refs.resolveActorRef(message.getWatch()));
  }
}
