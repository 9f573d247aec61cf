package io.thalweg.results;

import io.thalweg.domain.key.KeyView;
import io.thalweg.domain.key.Outcome;
import io.thalweg.domain.key.StreamKey;
import io.thalweg.domain.stats.Details;
import io.thalweg.v1.Quantile;
import io.thalweg.v1.Result;
import io.thalweg.v1.Sample;
import io.thalweg.v1.Summary;
import io.thalweg.v1.Update;
import io.thalweg.v1.Window;
import java.util.Comparator;

/** The domain's results in the words of the API. */
public final class Protos {
  private Protos() {}

  static io.thalweg.v1.KeyState keyState(StreamKey key, KeyView state) {
    io.thalweg.v1.KeyState.Builder message =
        io.thalweg.v1.KeyState.newBuilder()
            .setStream(key.stream())
            .setKey(key.key())
            .setVersion(state.version())
            .setTotal(summary(state.total()))
            .setLate(state.late())
            .setAnomalies(state.anomalies());
    state.watermarkNanos().ifPresent(message::setWatermarkUnixNano);
    state.last().ifPresent(last -> message.setLast(sample(last)));
    state.lastAnomaly().ifPresent(last -> message.setLastAnomaly(AnomalyProtos.anomaly(last)));
    state.windows().stream()
        .sorted(Comparator.comparingLong(io.thalweg.domain.window.Window::startNanos))
        .forEach(window -> message.addWindows(window(window)));
    return message.build();
  }

  static Update update(StreamKey key, long version, Outcome outcome) {
    Update.Builder update = Update.newBuilder().setKey(key.key()).setVersion(version);
    switch (outcome) {
      case Outcome.WindowClosed closed -> update.setWindowClosed(window(closed.window()));
      case Outcome.WindowUpdated updated ->
          update.setWindowUpdated(window(updated.window()).setEarly(true));
      case Outcome.AnomalyRaised raised ->
          update.setAnomaly(AnomalyProtos.anomaly(raised.anomaly()));
      case Outcome.LateSample late -> update.setLateSample(sample(late.sample()));
    }
    return update.build();
  }

  /**
   * What a sink tells.
   *
   * @param index among all outcomes of the event
   */
  public static Result result(StreamKey key, long version, int index, Outcome outcome) {
    Result.Builder result =
        Result.newBuilder()
            .setStream(key.stream())
            .setKey(key.key())
            .setVersion(version)
            .setIndex(index);
    switch (outcome) {
      case Outcome.WindowClosed closed -> result.setWindowClosed(window(closed.window()));
      case Outcome.WindowUpdated updated ->
          result.setWindowUpdated(window(updated.window()).setEarly(true));
      case Outcome.AnomalyRaised raised ->
          result.setAnomaly(AnomalyProtos.anomaly(raised.anomaly()));
      case Outcome.LateSample late -> result.setLateSample(sample(late.sample()));
    }
    return result.build();
  }

  static Update update(StreamKey key, KeyView state) {
    return Update.newBuilder()
        .setKey(key.key())
        .setVersion(state.version())
        .setState(keyState(key, state))
        .build();
  }

  private static Window.Builder window(io.thalweg.domain.window.Window window) {
    return Window.newBuilder()
        .setName(window.name())
        .setStartUnixNano(window.startNanos())
        .setEndUnixNano(window.endNanos())
        .setClosed(window.closed())
        .setRevision(window.revision())
        .setSummary(summary(window.summary()));
  }

  static Sample sample(io.thalweg.domain.sample.Sample sample) {
    return Sample.newBuilder().setTimeUnixNano(sample.timeNanos()).setValue(sample.value()).build();
  }

  static Summary summary(io.thalweg.domain.stats.Summary summary) {
    Summary.Builder message =
        Summary.newBuilder()
            .setCount(summary.count())
            .setMean(summary.mean())
            .setVariance(summary.variance())
            .setSampleVariance(summary.sampleVariance())
            .setMin(summary.min())
            .setMax(summary.max())
            .setSum(summary.sum())
            .setDeviation(summary.deviation());
    addDetails(summary.details(), message);
    return message.build();
  }

  private static void addDetails(Details details, Summary.Builder message) {
    details.first().ifPresent(first -> message.setFirst(sample(first)));
    details.last().ifPresent(last -> message.setLast(sample(last)));
    details.ratePerSecond().ifPresent(message::setRatePerSecond);
    details.shape().ifPresent(s -> message.setSkewness(s.skewness()).setKurtosis(s.kurtosis()));
    for (Details.Quantile quantile : details.quantiles()) {
      message.addQuantiles(
          Quantile.newBuilder().setRank(quantile.rank()).setValue(quantile.value()));
    }
    details.decayed().ifPresent(d -> message.setEwmaMean(d.mean()).setEwmaVariance(d.variance()));
  }
}
