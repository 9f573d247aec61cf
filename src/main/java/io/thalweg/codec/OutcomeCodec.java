package io.thalweg.codec;

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
      case Outcome.AnomalyRaised raised ->
          message.setAnomalyRaised(AnomalyCodec.encode(raised.anomaly()));
      case Outcome.LateSample late -> message.setLateSample(ValueCodec.encode(late.sample()));
    }
    return message.build();
  }

  public static Outcome decode(io.thalweg.journal.v1.Outcome message) {
    return switch (message.getOutcomeCase()) {
      case WINDOW_CLOSED -> new Outcome.WindowClosed(ValueCodec.decode(message.getWindowClosed()));
      case WINDOW_UPDATED ->
          new Outcome.WindowUpdated(ValueCodec.decode(message.getWindowUpdated()));
      case ANOMALY_RAISED ->
          new Outcome.AnomalyRaised(AnomalyCodec.decode(message.getAnomalyRaised()));
      case LATE_SAMPLE -> new Outcome.LateSample(ValueCodec.decode(message.getLateSample()));
      case OUTCOME_NOT_SET ->
          throw new IllegalArgumentException("an outcome is of no kind that is known here");
    };
  }
}
