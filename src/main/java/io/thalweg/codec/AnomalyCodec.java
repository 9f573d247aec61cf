package io.thalweg.codec;

import io.thalweg.domain.detect.Anomaly;
import io.thalweg.domain.detect.Finding;
import io.thalweg.journal.v1.Anomaly.OutOfRange;
import io.thalweg.journal.v1.Anomaly.Unusual;

/** Anomalies and what explains them, in the journal's messages. Bits are kept. */
public final class AnomalyCodec {
  private AnomalyCodec() {}

  public static io.thalweg.journal.v1.Anomaly encode(Anomaly anomaly) {
    io.thalweg.journal.v1.Anomaly.Builder message =
        io.thalweg.journal.v1.Anomaly.newBuilder()
            .setSample(ValueCodec.encode(anomaly.sample()))
            .setScore(anomaly.score())
            .setThreshold(anomaly.threshold())
            .setDetector(anomaly.detector())
            .setView(anomaly.view())
            .setEvidence(SummaryCodec.encode(anomaly.evidence()));
    switch (anomaly.finding()) {
      case Finding.Distance distance -> {}
      case Finding.OutOfRange range ->
          message.setOutOfRange(
              OutOfRange.newBuilder()
                  .setMin(range.min())
                  .setMax(range.max())
                  .setSamples(range.samples()));
      case Finding.Unusual unusual ->
          message.setUnusual(
              Unusual.newBuilder()
                  .setExpected(unusual.expected())
                  .setDeviation(unusual.deviation())
                  .setSeen(unusual.seen())
                  .setSamples(unusual.samples()));
      case Finding.OverLimit over -> message.setOverLimit(over.limit());
    }
    return message.build();
  }

  public static Anomaly decode(io.thalweg.journal.v1.Anomaly message) {
    return new Anomaly(
        ValueCodec.decode(message.getSample()),
        message.getScore(),
        message.getThreshold(),
        message.getDetector(),
        message.getView(),
        SummaryCodec.decode(message.getEvidence()),
        finding(message));
  }

  private static Finding finding(io.thalweg.journal.v1.Anomaly message) {
    return switch (message.getFindingCase()) {
      case OUT_OF_RANGE ->
          new Finding.OutOfRange(
              message.getOutOfRange().getMin(),
              message.getOutOfRange().getMax(),
              message.getOutOfRange().getSamples());
      case UNUSUAL ->
          new Finding.Unusual(
              message.getUnusual().getExpected(),
              message.getUnusual().getDeviation(),
              message.getUnusual().getSeen(),
              message.getUnusual().getSamples());
      case OVER_LIMIT -> new Finding.OverLimit(message.getOverLimit());
      case FINDING_NOT_SET -> new Finding.Distance();
    };
  }
}
