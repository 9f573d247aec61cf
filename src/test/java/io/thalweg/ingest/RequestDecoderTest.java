package io.thalweg.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import io.grpc.Status;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.sample.Batch;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import io.thalweg.v1.IngestRequest;
import io.thalweg.v1.Rejection;
import io.thalweg.v1.Series;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestDecoderTest {
  private static final long NOW = Duration.ofDays(20_000).toNanos();
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();
  private static final StreamDefinition STREAM =
      new StreamDefinition(
          "s",
          List.of(new NamedWindow("w", new WindowDefinition.SlidingCount(10))),
          Optional.empty(),
          new TimeRules(0, 0, 0, MINUTE),
          8,
          Statistics.BASIC);

  private final RequestDecoder decoder =
      new RequestDecoder(
          "Ingest", Map.of("s", STREAM), new IngestSettings(512, 256, 100), () -> NOW);

  @Test
  void requestBecomesABatch() {
    Decoded.Valid valid =
        valid(request().setProducerId("p").setSequence(7).addSeries(series("k", 5, 1.5)));

    assertThat(valid.sequence()).isEqualTo(7);
    assertThat(valid.batch().stream()).isEqualTo("s");
    assertThat(valid.batch().producer()).isEqualTo("p");
    assertThat(valid.batch().sequence()).isEqualTo(7);
    assertThat(valid.batch().series().getFirst().timesNanos()).containsExactly(5);
    assertThat(valid.batch().series().getFirst().values()).containsExactly(1.5);
    assertThat(valid.rejections()).isEmpty();
  }

  @Test
  void laterRequestsOfACallMayLeaveOutTheStream() {
    valid(request().addSeries(series("k", 5, 1)));

    assertThat(valid(IngestRequest.newBuilder().addSeries(series("k", 6, 2))).batch().stream())
        .isEqualTo("s");
  }

  @Test
  void firstRequestWithoutAStreamFailsTheCall() {
    assertThat(invalid(IngestRequest.newBuilder()).getCode())
        .isEqualTo(Status.Code.INVALID_ARGUMENT);
  }

  @Test
  void unknownStreamIsNotFoundAndNamed() {
    Status status = invalid(IngestRequest.newBuilder().setStream("nope"));

    assertThat(status.getCode()).isEqualTo(Status.Code.NOT_FOUND);
    assertThat(status.getDescription()).contains("nope");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void producerMustNumberItsBatches(long sequence) {
    Status status = invalid(request().setProducerId("p").setSequence(sequence));

    assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(status.getDescription()).contains("'p'", Long.toUnsignedString(sequence));
  }

  @Test
  void producerIdHasABound() {
    Status status = invalid(request().setProducerId("é".repeat(129)).setSequence(1));

    assertThat(status.getDescription()).contains("258", "256");
  }

  @Test
  void sequenceWithoutAProducerIsEchoedAndNotCounted() {
    Decoded.Valid valid = valid(request().setSequence(9).addSeries(series("k", 5, 1)));

    assertThat(valid.sequence()).isEqualTo(9);
    assertThat(valid.batch().sequence()).isZero();
  }

  @Test
  void numberOfSeriesHasABound() {
    IngestRequest.Builder request = request();
    for (int i = 0; i < 101; i++) {
      request.addSeries(series("k" + i, 5, 1));
    }

    assertThat(invalid(request).getDescription()).contains("101", "100");
  }

  @Test
  void withoutTimesTheTimeOfArrivalCounts() {
    Series series = Series.newBuilder().setKey("k").addValues(1).addValues(2).build();

    assertThat(valid(request().addSeries(series)).batch().series().getFirst().timesNanos())
        .containsExactly(NOW, NOW);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a|b", "../x", "🌊", "مفتاح", " ", "a/b", "%00", "a b"})
  void anyOtherTextIsAKey(String key) {
    assertThat(valid(request().addSeries(series(key, 5, 1))).batch().series().getFirst().key())
        .isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\nb", "\u0000", "\u007f", "a\u0085"})
  void emptyKeysAndControlCharactersAreRefused(String key) {
    Decoded.Valid valid =
        valid(request().addSeries(series(key, 5, 1)).addSeries(series("ok", 5, 1)));

    assertThat(valid.rejections())
        .singleElement()
        .satisfies(
            rejection -> {
              assertThat(rejection.getSeriesIndex()).isZero();
              assertThat(rejection.hasSampleIndex()).isFalse();
              assertThat(rejection.getCode()).isEqualTo(Code.INVALID_ARGUMENT);
            });
    assertThat(valid.batch().series()).hasSize(1);
    assertThat(places(valid)).containsExactly(List.of(1));
  }

  @Test
  void longKeyIsRefusedWithItsLengthAndTheLimit() {
    assertThat(valid(request().addSeries(series("x".repeat(512), 5, 1))).rejections()).isEmpty();
    Rejection rejection =
        valid(request().addSeries(series("é".repeat(257), 5, 1))).rejections().getFirst();

    assertThat(rejection.getMessage()).contains("514", "512");
  }

  @Test
  void lengthsThatDifferAreRefused() {
    Series series =
        Series.newBuilder().setKey("k").addTimeUnixNano(1).addValues(1).addValues(2).build();

    assertThat(valid(request().addSeries(series)).rejections().getFirst().getMessage())
        .contains("1 times", "2 values");
  }

  @Test
  void badSamplesAreRefusedAndTheirNeighboursAreNot() {
    Series series =
        Series.newBuilder()
            .setKey("k")
            .addTimeUnixNano(1)
            .addValues(1)
            .addTimeUnixNano(2)
            .addValues(Double.NaN)
            .addTimeUnixNano(-1)
            .addValues(3)
            .addTimeUnixNano(NOW + MINUTE + 1)
            .addValues(4)
            .addTimeUnixNano(NOW + MINUTE)
            .addValues(5)
            .addTimeUnixNano(6)
            .addValues(Double.NEGATIVE_INFINITY)
            .build();

    Decoded.Valid valid = valid(request().addSeries(series));

    assertThat(valid.batch().series().getFirst().values()).containsExactly(1, 5);
    assertThat(valid.batch().series().getFirst().timesNanos()).containsExactly(1, NOW + MINUTE);
    assertThat(valid.rejections())
        .extracting(Rejection::getSampleIndex)
        .containsExactly(1, 2, 3, 5);
    assertThat(valid.rejections())
        .extracting(Rejection::getMessage)
        .satisfiesExactly(
            nan -> assertThat(nan).contains("NaN"),
            old -> assertThat(old).contains("-1 ns", "1970"),
            future -> assertThat(future).contains("60 s"),
            infinite -> assertThat(infinite).contains("-Infinity"));
  }

  @Test
  void seriesOfTheSameKeyGoAsOne() {
    Decoded.Valid valid =
        valid(
            request()
                .addSeries(series("a", 1, 1))
                .addSeries(series("b", 2, 2))
                .addSeries(series("a", 3, 3))
                .addSeries(series("a", 4, 4)));

    assertThat(valid.batch().series()).extracting(s -> s.key()).containsExactly("a", "b");
    assertThat(valid.batch().series().getFirst().values()).containsExactly(1, 3, 4);
    assertThat(valid.batch().series().getFirst().timesNanos()).containsExactly(1, 3, 4);
    assertThat(places(valid)).containsExactly(List.of(0, 2, 3), List.of(1));
  }

  @Test
  void moreRejectionsThanAResponseCanHoldFailTheCall() {
    Series.Builder series = Series.newBuilder().setKey("k");
    for (int i = 0; i < 101; i++) {
      series.addValues(Double.NaN);
    }

    assertThat(invalid(request().addSeries(series)).getDescription()).contains("100", "NaN");
  }

  @Test
  void keyInAMessageIsShortAndHasNoControlCharacters() {
    String message =
        valid(request().addSeries(series("a\r\nb" + "x".repeat(400), 5, 1)))
            .rejections()
            .getFirst()
            .getMessage();

    assertThat(message).doesNotContain("\r", "\n").hasSizeLessThan(200);
  }

  @Test
  void bytesThatAreNoMessageFailTheCallAndNameItsMethod() {
    Status status =
        ((Decoded.Invalid) decoder.decode(new byte[] {10, 127, 1})).status().getStatus();

    assertThat(status.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(status.getDescription()).startsWith("the request is not a message of Ingest: ");
  }

  @Test
  void streamAndProducerAreTheSameObjectsWhileACallRepeatsThem() {
    Batch first = valid(request().setProducerId("p").setSequence(1)).batch();
    Batch second = valid(request().setProducerId("p").setSequence(2)).batch();

    assertThat(second.stream()).isSameAs(first.stream());
    assertThat(second.producer()).isSameAs(first.producer());
  }

  @Test
  void keysThatAllHashAlikeAreStillToldApart() {
    IngestRequest.Builder request = request();
    for (int i = 0; i < 64; i++) {
      String key =
          Integer.toBinaryString(64 + i).replace("0", "Aa").replace("1", "BB"); // "Aa" and "BB" do
      request.addSeries(series(key, i, i)).addSeries(series("of its own " + i % 4, i, i));
    }
    RequestDecoder roomy =
        new RequestDecoder(
            "Ingest", Map.of("s", STREAM), new IngestSettings(512, 256, 200), () -> NOW);
    for (int round = 0; round < 2; round++) {
      Decoded.Valid valid = (Decoded.Valid) roomy.decode(request.build().toByteArray());
      assertThat(valid.batch().series()).hasSize(68);
      assertThat(valid.batch().size()).isEqualTo(128);
    }
  }

  private static List<List<Integer>> places(Decoded.Valid valid) {
    return DecodedRequest.placesOf(valid);
  }

  private static IngestRequest.Builder request() {
    return IngestRequest.newBuilder().setStream("s");
  }

  private static Series series(String key, long time, double value) {
    return Series.newBuilder().setKey(key).addTimeUnixNano(time).addValues(value).build();
  }

  private Decoded.Valid valid(IngestRequest.Builder request) {
    return (Decoded.Valid) decoder.decode(request.build().toByteArray());
  }

  private Status invalid(IngestRequest.Builder request) {
    return ((Decoded.Invalid) decoder.decode(request.build().toByteArray())).status().getStatus();
  }
}
