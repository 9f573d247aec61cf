package io.thalweg.journal;

import io.thalweg.codec.BatchCodec;
import io.thalweg.codec.OutcomeCodec;
import io.thalweg.domain.key.KeyEvent;
import io.thalweg.journal.v1.Idled;
import io.thalweg.journal.v1.Recorded;
import java.util.Optional;

/** Events in the journal's messages. */
final class EventCodec {
  private EventCodec() {}

  static Recorded encode(KeyEvent.Recorded event) {
    Recorded.Builder message = Recorded.newBuilder().setArrivalNanos(event.arrivalNanos());
    event.definition().map(DefinitionCodec::encode).ifPresent(message::setDefinition);
    event.batches().forEach(batch -> message.addBatches(BatchCodec.encode(batch)));
    event.outcomes().forEach(outcome -> message.addOutcomes(OutcomeCodec.encode(outcome)));
    return message.build();
  }

  static Idled encode(KeyEvent.Idled event) {
    Idled.Builder message = Idled.newBuilder().setAtNanos(event.atNanos());
    event.definition().map(DefinitionCodec::encode).ifPresent(message::setDefinition);
    event.outcomes().forEach(outcome -> message.addOutcomes(OutcomeCodec.encode(outcome)));
    return message.build();
  }

  static KeyEvent.Recorded decode(Recorded message) {
    return new KeyEvent.Recorded(
        message.hasDefinition()
            ? Optional.of(DefinitionCodec.decode(message.getDefinition()))
            : Optional.empty(),
        message.getArrivalNanos(),
        message.getBatchesList().stream().map(BatchCodec::decode).toList(),
        message.getOutcomesList().stream().map(OutcomeCodec::decode).toList());
  }

  static KeyEvent.Idled decode(Idled message) {
    return new KeyEvent.Idled(
        message.hasDefinition()
            ? Optional.of(DefinitionCodec.decode(message.getDefinition()))
            : Optional.empty(),
        message.getAtNanos(),
        message.getOutcomesList().stream().map(OutcomeCodec::decode).toList());
  }
}
