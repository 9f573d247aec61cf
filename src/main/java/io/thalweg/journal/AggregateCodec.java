package io.thalweg.journal;

import com.google.protobuf.ByteString;
import io.thalweg.codec.ValueCodec;
import io.thalweg.domain.stats.Aggregate;
import io.thalweg.domain.stats.DecayedMoments;
import io.thalweg.domain.stats.Ends;
import io.thalweg.domain.stats.Extras;
import io.thalweg.domain.stats.HigherMoments;
import io.thalweg.domain.stats.QuantileSketch;
import io.thalweg.domain.stats.Total;
import java.util.Optional;

/** What is kept of a set of samples, in the journal's messages. Bits are kept. */
final class AggregateCodec {
  private AggregateCodec() {}

  static io.thalweg.journal.v1.Aggregate encode(Aggregate aggregate) {
    io.thalweg.journal.v1.Aggregate.Builder message =
        io.thalweg.journal.v1.Aggregate.newBuilder().setTotal(encode(aggregate.total()));
    Extras extras = aggregate.extras();
    extras.ends().map(AggregateCodec::encode).ifPresent(message::setEnds);
    extras.moments().map(AggregateCodec::encode).ifPresent(message::setMoments);
    extras.decayed().map(AggregateCodec::encode).ifPresent(message::setDecayed);
    extras
        .sketch()
        .map(QuantileSketch::bytes)
        .map(ByteString::copyFrom)
        .ifPresent(message::setSketch);
    return message.build();
  }

  static Aggregate decode(io.thalweg.journal.v1.Aggregate message) {
    return new Aggregate(decode(message.getTotal()), extras(message));
  }

  /** Where there are none it is the one instance that stands for that. */
  private static Extras extras(io.thalweg.journal.v1.Aggregate message) {
    Extras extras =
        new Extras(
            message.hasEnds() ? Optional.of(decode(message.getEnds())) : Optional.empty(),
            message.hasMoments() ? Optional.of(decode(message.getMoments())) : Optional.empty(),
            message.hasDecayed() ? Optional.of(decode(message.getDecayed())) : Optional.empty(),
            message.getSketch().isEmpty()
                ? Optional.empty()
                : Optional.of(QuantileSketch.of(message.getSketch().toByteArray())));
    return extras.equals(Extras.NONE) ? Extras.NONE : extras;
  }

  static io.thalweg.journal.v1.Total encode(Total total) {
    return io.thalweg.journal.v1.Total.newBuilder()
        .setCount(total.count())
        .setCentre(total.centre())
        .setSum(total.sum())
        .setSumRest(total.sumRest())
        .setSquares(total.squares())
        .setSquaresRest(total.squaresRest())
        .setMin(total.min())
        .setMax(total.max())
        .build();
  }

  static Total decode(io.thalweg.journal.v1.Total message) {
    return new Total(
        message.getCount(),
        message.getCentre(),
        message.getSum(),
        message.getSumRest(),
        message.getSquares(),
        message.getSquaresRest(),
        message.getMin(),
        message.getMax());
  }

  private static io.thalweg.journal.v1.Aggregate.Ends encode(Ends ends) {
    return io.thalweg.journal.v1.Aggregate.Ends.newBuilder()
        .setFirst(ValueCodec.encode(ends.first()))
        .setLast(ValueCodec.encode(ends.last()))
        .build();
  }

  private static Ends decode(io.thalweg.journal.v1.Aggregate.Ends message) {
    return new Ends(ValueCodec.decode(message.getFirst()), ValueCodec.decode(message.getLast()));
  }

  private static io.thalweg.journal.v1.Aggregate.HigherMoments encode(HigherMoments moments) {
    return io.thalweg.journal.v1.Aggregate.HigherMoments.newBuilder()
        .setCount(moments.count())
        .setCentre(moments.centre())
        .setMean(moments.mean())
        .setM2(moments.m2())
        .setM3(moments.m3())
        .setM4(moments.m4())
        .build();
  }

  private static HigherMoments decode(io.thalweg.journal.v1.Aggregate.HigherMoments message) {
    return new HigherMoments(
        message.getCount(),
        message.getCentre(),
        message.getMean(),
        message.getM2(),
        message.getM3(),
        message.getM4());
  }

  private static io.thalweg.journal.v1.Aggregate.DecayedMoments encode(DecayedMoments moments) {
    return io.thalweg.journal.v1.Aggregate.DecayedMoments.newBuilder()
        .setTimeNanos(moments.timeNanos())
        .setWeight(moments.weight())
        .setMean(moments.mean())
        .setMeanRest(moments.meanRest())
        .setM2(moments.m2())
        .build();
  }

  private static DecayedMoments decode(io.thalweg.journal.v1.Aggregate.DecayedMoments message) {
    return new DecayedMoments(
        message.getTimeNanos(),
        message.getWeight(),
        message.getMean(),
        message.getMeanRest(),
        message.getM2());
  }
}
