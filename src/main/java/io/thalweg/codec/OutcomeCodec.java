package io.thalweg.codec;

import io.thalweg.domain.detect.Anomaly;
import io.thalweg.domain.key.Outcome;

/** What an event caused. */
public final class OutcomeCodec {
  private OutcomeCodec() {}

  public static io.thalweg.journal.v1.Outcome encode(Outcome outcome) {
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

  public static Outcome decode(io.thalweg.journal.v1.Outcome message) {
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
