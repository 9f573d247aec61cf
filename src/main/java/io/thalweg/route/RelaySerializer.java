package io.thalweg.route;

import io.thalweg.codec.BatchCodec;
import io.thalweg.codec.Unreadable;
import io.thalweg.entity.ReplyCodec;
import io.thalweg.wire.v1.Carry;
import io.thalweg.wire.v1.Hosts;
import io.thalweg.wire.v1.Parcel;
import io.thalweg.wire.v1.Returned;
import io.thalweg.wire.v1.Withdrawn;
import java.io.IOException;
import java.io.NotSerializableException;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** What lanes and the relays of other nodes say to each other. */
final class RelaySerializer extends SerializerWithStringManifest {
  private static final String CARRY_1 = "carry-1";
  private static final String RETURNED_1 = "returned-1";
  private static final String HOSTS_1 = "hosts-1";
  private static final String WITHDRAWN_1 = "withdrawn-1";

  private final ActorRefResolver refs;

  RelaySerializer(ExtendedActorSystem system) {
    this.refs = ActorRefResolver.get(Adapter.toTyped(system));
  }

  @Override
  public int identifier() {
    return 7312;
  }

  @Override
  public String manifest(Object message) {
    return switch (message) {
      case Relay.Message.Carry carry -> CARRY_1;
      case Mail.Returned returned -> RETURNED_1;
      case Mail.Hosts hosts -> HOSTS_1;
      case Mail.Withdrawn withdrawn -> WITHDRAWN_1;
      default -> throw new IllegalArgumentException(message + " is not for other nodes");
    };
  }

  @Override
  public byte[] toBinary(Object message) {
    return switch (message) {
      case Relay.Message.Carry carry -> encode(carry);
      case Mail.Returned returned -> {
        Returned.Builder encoded = Returned.newBuilder();
        returned.replies().forEach(reply -> encoded.addReplies(ReplyCodec.encode(reply)));
        yield encoded.build().toByteArray();
      }
      case Mail.Hosts hosts ->
          Hosts.newBuilder()
              .addAllShards(hosts.shards())
              .setRelay(refs.toSerializationFormat(hosts.relay()))
              .build()
              .toByteArray();
      case Mail.Withdrawn withdrawn ->
          Withdrawn.newBuilder()
              .setRelay(refs.toSerializationFormat(withdrawn.relay()))
              .build()
              .toByteArray();
      default -> throw new IllegalArgumentException(message + " is not for other nodes");
    };
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    try {
      return switch (manifest) {
        case CARRY_1 -> decode(Carry.parseFrom(bytes));
        case RETURNED_1 ->
            new Mail.Returned(
                Returned.parseFrom(bytes).getRepliesList().stream()
                    .map(ReplyCodec::decode)
                    .toList());
        case HOSTS_1 -> {
          Hosts hosts = Hosts.parseFrom(bytes);
          yield new Mail.Hosts(hosts.getShardsList(), refs.resolveActorRef(hosts.getRelay()));
        }
        case WITHDRAWN_1 ->
            new Mail.Withdrawn(refs.resolveActorRef(Withdrawn.parseFrom(bytes).getRelay()));
        default -> throw Unreadable.unknown(manifest);
      };
    } catch (IOException | IllegalArgumentException unreadable) {
      throw Unreadable.because(manifest, unreadable);
    }
  }

  private byte[] encode(Relay.Message.Carry carry) {
    Carry.Builder message =
        Carry.newBuilder().setReplyTo(refs.toSerializationFormat(carry.replyTo()));
    for (Relay.Parcel parcel : carry.parcels()) {
      Parcel.Builder encoded =
          Parcel.newBuilder().setEntityId(parcel.entityId()).setDelivery(parcel.delivery());
      parcel.batches().forEach(batch -> encoded.addBatches(BatchCodec.encode(batch)));
      message.addParcels(encoded);
    }
    return message.build().toByteArray();
  }

  private Relay.Message.Carry decode(Carry message) {
    return new Relay.Message.Carry(
        message.getParcelsList().stream()
            .map(
                parcel ->
                    new Relay.Parcel(
                        parcel.getEntityId(),
                        parcel.getDelivery(),
                        parcel.getBatchesList().stream().map(BatchCodec::decode).toList()))
            .toList(),
        refs.resolveActorRef(message.getReplyTo()));
  }
}
