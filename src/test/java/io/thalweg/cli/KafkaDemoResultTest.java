package io.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

/** Whether the two ends of the way through Kafka fit. */
class KafkaDemoResultTest {
  private static final Map<Long, Integer> ANOMALIES = Map.of(3L, 2, 5L, 1);
  private static final KafkaDemoResult.Key RIGHT =
      new KafkaDemoResult.Key("right", 1_000, 1_000, ANOMALIES, ANOMALIES);

  @Test
  void endsThatFitAreSaidToBeTheSame() {
    KafkaDemoResult result = new KafkaDemoResult(List.of(RIGHT), 4, 3, 1.5);

    assertThat(result.isRight()).isTrue();
    assertThat(result.liveliest()).isEqualTo("right");
    assertThat(String.join("\n", KafkaDemoReport.text(result, Ansi.OFF)))
        .contains("1,000 samples counted in 1 keys: each exactly once.")
        .contains("3 anomalies in the journal, 3 result ids in thalweg-demo-anomalies (4 records)")
        .contains(": the same ones.")
        .doesNotContain("WRONG");
    ObjectNode json = KafkaDemoReport.json(result);
    assertThat(json.path("right").asBoolean()).isTrue();
    assertThat(json.at("/keys/0/result_ids").asLong()).isEqualTo(3);
  }

  @Test
  void sampleCountedTwiceIsWrong() {
    assertWrong(
        new KafkaDemoResult.Key("twice", 10, 11, Map.of(), Map.of()),
        3,
        "twice counts 11 samples of 10 records");
  }

  @Test
  void anomalyThatWasNotToldIsWrong() {
    assertWrong(
        new KafkaDemoResult.Key("quiet", 10, 10, ANOMALIES, Map.of(3L, 2)),
        5,
        "quiet has 3 anomalies in the journal and 2 in the topic");
  }

  @Test
  void anomalyOfAnotherVersionIsWrong() {
    assertWrong(
        new KafkaDemoResult.Key("other", 10, 10, ANOMALIES, Map.of(3L, 1, 5L, 2)),
        6,
        "other has 3 anomalies in the journal and 3 in the topic, but of other versions");
  }

  @Test
  void resultOfAnotherKeyIsWrong() {
    assertWrong(
        new KafkaDemoResult.Key("fine", 10, 10, Map.of(), Map.of()),
        5,
        "the topic has 2 results of keys that were not written");
  }

  private static void assertWrong(KafkaDemoResult.Key key, long resultIds, String complaint) {
    KafkaDemoResult result = new KafkaDemoResult(List.of(RIGHT, key), resultIds, resultIds, 1.5);
    assertThat(result.isRight()).isFalse();
    assertThat(result.complaints()).containsExactly(complaint);
    assertThat(String.join("\n", KafkaDemoReport.text(result, Ansi.OFF)))
        .doesNotContain("exactly once", "the same ones");
    assertThat(KafkaDemoReport.json(result).path("right").asBoolean()).isFalse();
  }
}
