package io.thalweg.codec;

import io.thalweg.domain.stats.Details;
import io.thalweg.domain.stats.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What was told of a set of samples, in the journal's messages. Bits are kept. */
public final class SummaryCodec {
  private SummaryCodec() {}

  public static io.thalweg.journal.v1.Summary encode(Summary summary) {
    io.thalweg.journal.v1.Summary.Builder message =
        io.thalweg.journal.v1.Summary.newBuilder()
            .setCount(summary.count())
            .setMean(summary.mean())
            .setVariance(summary.variance())
            .setSampleVariance(summary.sampleVariance())
            .setMin(summary.min())
            .setMax(summary.max())
            .setSum(summary.sum());
    if (!summary.details().equals(Details.NONE)) {
      message.setDetails(encode(summary.details()));
    }
    return message.build();
  }

  public static Summary decode(io.thalweg.journal.v1.Summary message) {
    return new Summary(
        message.getCount(),
        message.getMean(),
        message.getVariance(),
        message.getSampleVariance(),
        message.getMin(),
        message.getMax(),
        message.getSum(),
        message.hasDetails() ? decode(message.getDetails()) : Details.NONE);
  }

  private static io.thalweg.journal.v1.Details encode(Details details) {
    io.thalweg.journal.v1.Details.Builder message = io.thalweg.journal.v1.Details.newBuilder();
    details.first().map(ValueCodec::encode).ifPresent(message::setFirst);
    details.last().map(ValueCodec::encode).ifPresent(message::setLast);
    details.ratePerSecond().ifPresent(message::setRatePerSecond);
    details.shape().map(SummaryCodec::encode).ifPresent(message::setShape);
    for (Details.Quantile quantile : details.quantiles()) {
      message.addQuantileRanks(quantile.rank()).addQuantileValues(quantile.value());
    }
    details.decayed().map(SummaryCodec::encode).ifPresent(message::setDecayed);
    return message.build();
  }

  private static Details decode(io.thalweg.journal.v1.Details message) {
    return new Details(
        message.hasFirst() ? Optional.of(ValueCodec.decode(message.getFirst())) : Optional.empty(),
        message.hasLast() ? Optional.of(ValueCodec.decode(message.getLast())) : Optional.empty(),
        message.hasRatePerSecond()
            ? OptionalDouble.of(message.getRatePerSecond())
            : OptionalDouble.empty(),
        message.hasShape() ? Optional.of(decode(message.getShape())) : Optional.empty(),
        quantiles(message),
        message.hasDecayed() ? Optional.of(decode(message.getDecayed())) : Optional.empty());
  }

  private static List<Details.Quantile> quantiles(io.thalweg.journal.v1.Details message) {
    int count = message.getQuantileRanksCount();
    if (message.getQuantileValuesCount() != count) {
      throw new IllegalArgumentException(
          "quantiles have as many ranks as values: "
              + count
              + " and "
              + message.getQuantileValuesCount());
    }
    List<Details.Quantile> quantiles = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      quantiles.add(
          new Details.Quantile(message.getQuantileRanks(i), message.getQuantileValues(i)));
    }
    return quantiles;
  }

  private static io.thalweg.journal.v1.Details.Shape encode(Details.Shape shape) {
    return io.thalweg.journal.v1.Details.Shape.newBuilder()
        .setSkewness(shape.skewness())
        .setKurtosis(shape.kurtosis())
        .build();
  }

  private static Details.Shape decode(io.thalweg.journal.v1.Details.Shape message) {
    return new Details.Shape(message.getSkewness(), message.getKurtosis());
  }

  private static io.thalweg.journal.v1.Details.Decayed encode(Details.Decayed decayed) {
    return io.thalweg.journal.v1.Details.Decayed.newBuilder()
        .setMean(decayed.mean())
        .setVariance(decayed.variance())
        .build();
  }

  private static Details.Decayed decode(io.thalweg.journal.v1.Details.Decayed message) {
    return new Details.Decayed(message.getMean(), message.getVariance());
  }
}
