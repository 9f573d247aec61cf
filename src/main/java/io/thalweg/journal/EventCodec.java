package io.thalweg.journal;

import io.thalweg.domain.detect.Anomaly;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.Outcome;
import io.thalweg.journal.v1.Batch;
import io.thalweg.journal.v1.Idled;
import io.thalweg.journal.v1.Recorded;
import java.util.Optional;

/** Events in the journal's messages. */
final class EventCodec {
  private EventCodec() {}

  static Recorded encode(KeyEvent.Recorded event) {
    Recorded.Builder message = Recorded.newBuilder().setArrivalNanos(event.arrivalNanos());
    event.definition().map(DefinitionCodec::encode).ifPresent(message::setDefinition);
    event.batches().forEach(batch -> message.addBatches(encode(batch)));
    event.outcomes().forEach(outcome -> message.addOutcomes(encode(outcome)));
    return message.build();
  }

  static Idled encode(KeyEvent.Idled event) {
    Idled.Builder message = Idled.newBuilder().setAtNanos(event.atNanos());
    event.definition().map(DefinitionCodec::encode).ifPresent(message::setDefinition);
    event.outcomes().forEach(outcome -> message.addOutcomes(encode(outcome)));
    return message.build();
  }

  static KeyEvent.Recorded decode(Recorded message) {
    return new KeyEvent.Recorded(
        message.hasDefinition()
            ? Optional.of(DefinitionCodec.decode(message.getDefinition()))
            : Optional.empty(),
        message.getArrivalNanos(),
        message.getBatchesList().stream().map(EventCodec::decode).toList(),
        message.getOutcomesList().stream().map(EventCodec::decode).toList());
  }

  static KeyEvent.Idled decode(Idled message) {
    return new KeyEvent.Idled(
        message.hasDefinition()
            ? Optional.of(DefinitionCodec.decode(message.getDefinition()))
            : Optional.empty(),
        message.getAtNanos(),
        message.getOutcomesList().stream().map(EventCodec::decode).toList());
  }

  private static Batch encode(KeyBatch batch) {
    return Batch.newBuilder()
        .setProducer(batch.producer())
        .setSequence(batch.sequence())
        .setSamples(ValueCodec.encode(batch.timesNanos(), batch.values()))
        .build();
  }

  private static KeyBatch decode(Batch message) {
    return new KeyBatch(
        message.getProducer(),
        message.getSequence(),
        ValueCodec.times(message.getSamples()),
        ValueCodec.values(message.getSamples()));
  }

  private static io.thalweg.journal.v1.Outcome encode(Outcome outcome) {
    io.thalweg.journal.v1.Outcome.Builder message = io.thalweg.journal.v1.Outcome.newBuilder();
    switch (outcome) {
      case Outcome.WindowClosed closed ->
          message.setWindowClosed(ValueCodec.encode(closed.window()));
      case Outcome.WindowUpdated updated ->
          message.setWindowUpdated(ValueCodec.encode(updated.window()));
      case Outcome.AnomalyRaised raised -> message.setAnomalyRaised(encode(raised.anomaly()));
      case Outcome.LateSample late -> message.setLateSample(ValueCodec.encode(late.sample()));
    }
    return message.build();
  }

  private static Outcome decode(io.thalweg.journal.v1.Outcome message) {
    return switch (message.getOutcomeCase()) {
      case WINDOW_CLOSED -> new Outcome.WindowClosed(ValueCodec.decode(message.getWindowClosed()));
      case WINDOW_UPDATED ->
          new Outcome.WindowUpdated(ValueCodec.decode(message.getWindowUpdated()));
      case ANOMALY_RAISED -> new Outcome.AnomalyRaised(decode(message.getAnomalyRaised()));
      case LATE_SAMPLE -> new Outcome.LateSample(ValueCodec.decode(message.getLateSample()));
      case OUTCOME_NOT_SET ->
          throw new IllegalArgumentException("an outcome is of no kind that is known here");
    };
  }

  private static io.thalweg.journal.v1.Anomaly encode(Anomaly anomaly) {
    return io.thalweg.journal.v1.Anomaly.newBuilder()
        .setSample(ValueCodec.encode(anomaly.sample()))
        .setScore(anomaly.score())
        .setThreshold(anomaly.threshold())
        .setDetector(anomaly.detector())
        .setView(anomaly.view())
        .setEvidence(SummaryCodec.encode(anomaly.evidence()))
        .build();
  }

  private static Anomaly decode(io.thalweg.journal.v1.Anomaly message) {
    return new Anomaly(
        ValueCodec.decode(message.getSample()),
        message.getScore(),
        message.getThreshold(),
        message.getDetector(),
        message.getView(),
        SummaryCodec.decode(message.getEvidence()));
  }
}
