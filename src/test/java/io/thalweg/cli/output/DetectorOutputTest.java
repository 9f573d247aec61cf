package io.thalweg.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.thalweg.v1.Anomaly;
import io.thalweg.v1.DetectorDefinition;
import io.thalweg.v1.EwmaDetector;
import io.thalweg.v1.KeyState;
import io.thalweg.v1.OutOfRange;
import io.thalweg.v1.Sample;
import io.thalweg.v1.StreamDefinition;
import io.thalweg.v1.Summary;
import io.thalweg.v1.SurpriseDetector;
import io.thalweg.v1.ThresholdDetector;
import io.thalweg.v1.TotalWindow;
import io.thalweg.v1.Unusual;
import io.thalweg.v1.Update;
import io.thalweg.v1.WindowDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

/** Detectors and what they find, for people and for programs. */
class DetectorOutputTest {
  private static final Anomaly RANGE =
      Anomaly.newBuilder()
          .setSample(Sample.newBuilder().setValue(39.2))
          .setScore(19.8)
          .setThreshold(3)
          .setDetector("surprise/1")
          .setView("range")
          .setOutOfRange(OutOfRange.newBuilder().setMin(71.4).setMax(88).setSamples(2_048))
          .setExplanation("value 39.2 is far outside the range 71.4 to 88")
          .build();

  @Test
  void anAnomalySaysWhyInASentence() {
    assertThat(Text.of(Update.newBuilder().setKey("k").setVersion(2).setAnomaly(RANGE).build()))
        .isEqualTo(
            "k  v2  anomaly  1970-01-01T00:00:00Z  39.2  score 19.8 over 3"
                + "  range: value 39.2 is far outside the range 71.4 to 88");
    assertThat(Text.of(KeyState.newBuilder().setLastAnomaly(RANGE).build()))
        .last()
        .asString()
        .startsWith("anomaly    1970-01-01T00:00:00Z  39.2  score 19.8 over 3  range: value 39.2");
  }

  @Test
  void anAnomalyOfAnOlderServerHasNoSentence() {
    Anomaly old =
        RANGE.toBuilder()
            .clearExplanation()
            .setEvidence(Summary.newBuilder().setCount(1).setMean(2).setMin(2).setMax(2))
            .build();
    assertThat(Text.why(old)).isEqualTo("against n 1  mean 2  deviation 0  min 2  max 2");
    assertThat(Json.of(old).has("explanation")).isFalse();
  }

  @Test
  void whatWasFoundStandsInJson() {
    JsonNode json = Json.of(KeyState.newBuilder().setLastAnomaly(RANGE).build());
    assertThat(json.at("/last_anomaly/out_of_range/samples").asLong()).isEqualTo(2_048);
    assertThat(json.at("/last_anomaly/out_of_range/min").asDouble()).isEqualTo(71.4);
    assertThat(json.at("/last_anomaly/explanation").asText()).startsWith("value 39.2");
    JsonNode unusual =
        Json.of(
            RANGE.toBuilder()
                .setUnusual(
                    Unusual.newBuilder().setExpected(1).setDeviation(2).setSeen(3).setSamples(16))
                .build());
    assertThat(unusual.at("/unusual/seen").asDouble()).isEqualTo(3);
    assertThat(unusual.at("/unusual/samples").asInt()).isEqualTo(16);
    assertThat(unusual.has("out_of_range")).isFalse();
    assertThat(Json.of(RANGE.toBuilder().setOverLimit(0).build()).path("over_limit").isNumber())
        .isTrue();
  }

  @Test
  void detectorsOfStreams() {
    assertThat(
            shown(
                DetectorDefinition.newBuilder()
                    .setSurprise(
                        SurpriseDetector.newBuilder().setThreshold(3).setPointResidual(true))))
        .isEqualTo("surprise over 3, also of single samples");
    assertThat(
            shown(
                DetectorDefinition.newBuilder()
                    .setEwma(
                        EwmaDetector.newBuilder()
                            .setAlpha(0.01)
                            .setThreshold(4)
                            .setMinSamples(30))))
        .isEqualTo("ewma over 4 from 30 samples on, alpha 0.01");
    assertThat(
            shown(
                DetectorDefinition.newBuilder()
                    .setThreshold(ThresholdDetector.newBuilder().setAbove(9).setBelow(0))))
        .isEqualTo("above 9 or below 0");
  }

  @Test
  void detectorsOfStreamsInJson() {
    JsonNode json =
        StreamJson.of(
            stream(
                DetectorDefinition.newBuilder()
                    .setThreshold(ThresholdDetector.newBuilder().setBelow(0))));
    assertThat(json.at("/detector/threshold/below").isNumber()).isTrue();
    assertThat(json.at("/detector/threshold").has("above")).isFalse();
    assertThat(json.path("time_zone").asText()).isEqualTo("Europe/Berlin");
    JsonNode surprise =
        StreamJson.of(
            stream(
                DetectorDefinition.newBuilder()
                    .setSurprise(SurpriseDetector.newBuilder().setRefractorySamples(120))));
    assertThat(surprise.at("/detector/surprise/refractory_samples").asInt()).isEqualTo(120);
  }

  private static String shown(DetectorDefinition.Builder detector) {
    String row = StreamText.table(List.of(stream(detector))).lines(Ansi.OFF).get(1);
    return row.substring(row.indexOf("basic") + 5).strip();
  }

  private static StreamDefinition stream(DetectorDefinition.Builder detector) {
    return StreamDefinition.newBuilder()
        .setStream("s")
        .setWindow(WindowDefinition.newBuilder().setTotal(TotalWindow.getDefaultInstance()))
        .setDetector(detector)
        .setTimeZone("Europe/Berlin")
        .build();
  }
}
