package io.thalweg.domain.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What can be asked for, at its limits and just beyond them. */
final class StreamDefinitionTest {
  private static final WindowDetector JUDGING_W0 =
      new WindowDetector("w0", new DetectorDefinition.ZScore(3, 2));

  @Test
  void theSmallestAndTheLargestAreTaken() {
    assertThat(stream("s", windows(1), 1).windows()).hasSize(1);
    assertThat(stream("A-z_0." + "x".repeat(122), windows(32), 65_536).windows()).hasSize(32);
  }

  @Test
  void whatIsBeyondIsRefusedWithTheValue() {
    refused(() -> stream("", windows(1), 1), "''");
    refused(() -> stream("a/b", windows(1), 1), "'a/b'");
    refused(() -> stream("x".repeat(129), windows(1), 1), "1 to 128");
    refused(() -> stream("s", windows(0), 1), "1 to 32 windows: 0");
    refused(() -> stream("s", windows(33), 1), "1 to 32 windows: 33");
    refused(() -> stream("s", windows(1), 0), "producers: 0");
    refused(() -> stream("s", windows(1), 65_537), "producers: 65537");
  }

  @Test
  void windowsHaveDifferentNames() {
    NamedWindow window = windows(1).getFirst();
    refused(() -> stream("s", List.of(window, window), 1), "[w0, w0]");
  }

  @Test
  void aDetectorJudgesAgainstOneOfTheWindows() {
    List<NamedWindow> other = windows(2).subList(1, 2);
    refused(() -> stream("s", other, 1), "'w0'", "[w1]");
  }

  @Test
  void aZScoreHasAThresholdAndEnoughSamples() {
    assertThat(new DetectorDefinition.ZScore(Double.MIN_VALUE, 2).minSamples()).isEqualTo(2);
    refused(() -> new DetectorDefinition.ZScore(0, 2), "0.0");
    refused(() -> new DetectorDefinition.ZScore(Double.NaN, 2), "NaN");
    refused(() -> new DetectorDefinition.ZScore(Double.POSITIVE_INFINITY, 2), "Infinity");
    refused(() -> new DetectorDefinition.ZScore(3, 1), "at least 2", "1");
  }

  @Test
  void durationsAreNotNegative() {
    refused(() -> new TimeRules(-1, 0, 0, 0), "allowed disorder", "PT-0.000000001S");
    refused(() -> new TimeRules(0, -1, 0, 0), "allowed lateness");
    refused(() -> new TimeRules(0, 0, -1, 0), "idle timeout");
    refused(() -> new TimeRules(0, 0, 0, -1), "bound on the future");
  }

  @Test
  void aKeysNameSurvivesItsEntityId() {
    StreamKey key = new StreamKey("s", "a/b c");
    assertThat(key.entityId()).isEqualTo("s/a/b c").isEqualTo(key.toString());
    assertThat(StreamKey.parse(key.entityId())).isEqualTo(key);
    refused(() -> StreamKey.parse("s"), "not of the form stream/key: s");
    assertThat(StreamKey.parse("/k")).isEqualTo(new StreamKey("", "k"));
  }

  @Test
  void aBatchHasTimesAndANumber() {
    refused(() -> new KeyBatch("p", 1, new long[1], new double[2]), "1 and 2");
    refused(() -> new KeyBatch("p", 0, new long[1], new double[1]), "p sent 0");
    assertThat(new KeyBatch("", 0, new long[2], new double[2]).size()).isEqualTo(2);
  }

  @Test
  void batchesAreEqualWhereAllBitsAre() {
    KeyBatch batch = batch("p", 1, 5, 0.5);
    assertThat(batch).isEqualTo(batch("p", 1, 5, 0.5)).hasSameHashCodeAs(batch("p", 1, 5, 0.5));
    assertThat(batch)
        .isNotEqualTo(batch("q", 1, 5, 0.5))
        .isNotEqualTo(batch("p", 2, 5, 0.5))
        .isNotEqualTo(batch("p", 1, 6, 0.5))
        .isNotEqualTo(batch("p", 1, 5, 0.6))
        .isNotEqualTo("a batch");
    assertThat(batch("", 0, 5, 0.0)).isNotEqualTo(batch("", 0, 5, -0.0));
  }

  private static KeyBatch batch(String producer, long sequence, long time, double value) {
    return new KeyBatch(producer, sequence, new long[] {time}, new double[] {value});
  }

  private static StreamDefinition stream(String name, List<NamedWindow> windows, int producers) {
    return new StreamDefinition(
        name,
        windows,
        Optional.of(JUDGING_W0),
        new TimeRules(0, 0, 0, 0),
        producers,
        Statistics.BASIC);
  }

  private static List<NamedWindow> windows(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new NamedWindow("w" + i, new WindowDefinition.Total()))
        .toList();
  }

  private static void refused(Supplier<?> making, String... why) {
    assertThatThrownBy(making::get)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(why);
  }
}
