package io.thalweg.results;

import io.thalweg.domain.detect.Explanation;
import io.thalweg.domain.detect.Finding;
import io.thalweg.v1.Anomaly;
import io.thalweg.v1.OutOfRange;
import io.thalweg.v1.Unusual;

/** Anomalies and what explains them in the words of the API. */
final class AnomalyProtos {
  private AnomalyProtos() {}

  static Anomaly anomaly(io.thalweg.domain.detect.Anomaly anomaly) {
    Anomaly.Builder message =
        Anomaly.newBuilder()
            .setSample(Protos.sample(anomaly.sample()))
            .setScore(anomaly.score())
            .setThreshold(anomaly.threshold())
            .setDetector(anomaly.detector())
            .setView(anomaly.view())
            .setEvidence(Protos.summary(anomaly.evidence()))
            .setExplanation(Explanation.of(anomaly));
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
}
