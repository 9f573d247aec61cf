package io.thalweg.results;

import io.thalweg.codec.OutcomeCodec;
import io.thalweg.codec.ReportCodec;
import io.thalweg.domain.key.StreamKey;
import io.thalweg.wire.v1.Happening.Changed;
import io.thalweg.wire.v1.Happening.Lost;
import io.thalweg.wire.v1.Happening.Skipped;
import java.util.Optional;

/** What a watch is told, as messages between nodes. */
final class HappeningCodec {
  private HappeningCodec() {}

  static io.thalweg.wire.v1.Happening encode(Happening happening) {
    io.thalweg.wire.v1.Happening.Builder message = io.thalweg.wire.v1.Happening.newBuilder();
    switch (happening) {
      case Happening.Changed changed -> message.setChanged(encode(changed));
      case Happening.Skipped skipped -> message.setSkipped(encode(skipped));
      case Happening.Lost lost -> message.setLost(Lost.getDefaultInstance());
    }
    return message.build();
  }

  /**
   * The reverse. What this version has no words for counts as skipped.
   *
   * @throws IllegalArgumentException if not even that much can be read
   */
  static Happening decode(io.thalweg.wire.v1.Happening message) {
    return switch (message.getHappeningCase()) {
      case CHANGED -> decode(message.getChanged());
      case SKIPPED ->
          new Happening.Skipped(
              new StreamKey(message.getSkipped().getStream(), message.getSkipped().getKey()),
              message.getSkipped().getVersion(),
              message.getSkipped().getCount());
      case LOST, HAPPENING_NOT_SET -> Happening.Lost.INSTANCE;
    };
  }

  private static Changed encode(Happening.Changed changed) {
    Changed.Builder message =
        Changed.newBuilder()
            .setStream(changed.key().stream())
            .setKey(changed.key().key())
            .setVersion(changed.version());
    changed.outcomes().forEach(outcome -> message.addOutcomes(OutcomeCodec.encode(outcome)));
    changed.state().map(ReportCodec::encode).ifPresent(message::setState);
    return message.build();
  }

  private static Happening decode(Changed message) {
    StreamKey key = new StreamKey(message.getStream(), message.getKey());
    try {
      return new Happening.Changed(
          key,
          message.getVersion(),
          message.getOutcomesList().stream().map(OutcomeCodec::decode).toList(),
          message.hasState()
              ? Optional.of(ReportCodec.decode(message.getState()))
              : Optional.empty());
    } catch (IllegalArgumentException ofANewerVersion) {
      return new Happening.Skipped(key, message.getVersion(), message.getOutcomesCount());
    }
  }

  private static Skipped encode(Happening.Skipped skipped) {
    return Skipped.newBuilder()
        .setStream(skipped.key().stream())
        .setKey(skipped.key().key())
        .setVersion(skipped.version())
        .setCount(skipped.count())
        .build();
  }
}
