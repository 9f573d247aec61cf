package io.thalweg.journal;

import io.thalweg.codec.OutcomeCodec;
import io.thalweg.domain.key.KeyEvent;
import io.thalweg.journal.v1.Idled;
import java.util.Optional;

/** Events of idle keys in the journal's messages; {@link RecordedCodec} has the others. */
final class IdledCodec {
  private IdledCodec() {}

  static Idled encode(KeyEvent.Idled event) {
    Idled.Builder message = Idled.newBuilder().setAtNanos(event.atNanos());
    event.definition().map(DefinitionCodec::encode).ifPresent(message::setDefinition);
    event.outcomes().forEach(outcome -> message.addOutcomes(OutcomeCodec.encode(outcome)));
    return message.build();
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
