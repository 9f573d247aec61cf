package io.thalweg.journal;

import io.thalweg.domain.detect.Anomaly;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.Outcome;
import io.thalweg.journal.v1.Batch;
import io.thalweg.journal.v1.Recorded;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Events in the journal's messages. */
final class EventCodec {
  private EventCodec() {}

  static Recorded encode(KeyEvent.Recorded event) {
    Recorded.Builder message = Recorded.newBuilder().setArrivalNanos(event.arrivalNanos());
    event.definition().map(DefinitionCodec::encode).ifPresent(message::setDefinition);
    for (KeyBatch batch : event.batches()) {
      message.addBatches(encode(batch));
    }
    for (Outcome outcome : event.outcomes()) {
      message.addOutcomes(encode(outcome));
    }
    return message.build();
  }

  static KeyEvent.Recorded decode(Recorded message) {
    List<KeyBatch> batches = new ArrayList<>(message.getBatchesCount());
    for (Batch batch : message.getBatchesList()) {
      batches.add(decode(batch));
    }
    List<Outcome> outcomes = new ArrayList<>(message.getOutcomesCount());
    for (io.thalweg.journal.v1.Outcome outcome : message.getOutcomesList()) {
      outcomes.add(decode(outcome));
    }
    return new KeyEvent.Recorded(
        message.hasDefinition()
            ? Optional.of(DefinitionCodec.decode(message.getDefinition()))
            : Optional.empty(),
        message.getArrivalNanos(),
        List.copyOf(batches),
        List.copyOf(outcomes));
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
        .setEvidence(ValueCodec.encode(anomaly.evidence()))
        .build();
  }

  private static Anomaly decode(io.thalweg.journal.v1.Anomaly message) {
    return new Anomaly(
        ValueCodec.decode(message.getSample()),
        message.getScore(),
        message.getThreshold(),
        message.getDetector(),
        message.getView(),
        ValueCodec.decode(message.getEvidence()));
  }
}
