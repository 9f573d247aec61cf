package io.thalweg.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangedStreamTest {
  private static final String STREAMS =
      """
      thalweg.streams {
        one { window { sliding-count = 10 }, detector { z-score { threshold = 3, min-samples = 5 } } }
        "two.b" {
          windows { a { tumbling { size = 1m } }, b { total {} } }
          detector { surprise { override = 2 } }
          allowed-disorder = 1s
        }
        three { window { total {} }, detector { ewma { half-life-samples = 10, threshold = 5 } } }
      }
      """;

  private final Config config = load();

  private static Config load() {
    try {
      return Configuration.load(Optional.empty(), ConfigFactory.parseString(STREAMS));
    } catch (NodeStartException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void withoutASettingItIsTheSame() throws NodeStartException {
    for (String stream : List.of("one", "two.b", "three")) {
      assertThat(changed(stream)).isEqualTo(Configuration.streams(config).get(stream));
    }
  }

  @Test
  void aSettingChangesThatAlone() {
    DetectorDefinition.Surprise surprise = surprise("detector.surprise.threshold=3.5");
    assertThat(surprise.threshold()).isEqualTo(3.5);
    assertThat(surprise.override()).isEqualTo(2);
    assertThat(surprise("detector.threshold = 3.5")).isEqualTo(surprise);
    assertThat(surprise("detector.surprise.point-residual=on").pointResidual()).isTrue();
    assertThat(surprise("detector.surprise={}").override()).isEqualTo(3);
    assertThat(changed("two.b", "time-zone=Europe/Berlin").time().zone())
        .isEqualTo(ZoneId.of("Europe/Berlin"));
    assertThat(changed("two.b", "allowed-disorder=5s").time().allowedDisorderNanos())
        .isEqualTo(5_000_000_000L);
    assertThat(changed("two.b", "windows.a.tumbling.size=2m").windows())
        .extracting(NamedWindow::definition)
        .containsExactly(
            new WindowDefinition.Tumbling(120_000_000_000L, 0), new WindowDefinition.Total());
    assertThat(changed("two.b", "statistics=[\"rate\"]").statistics().rate()).isTrue();
  }

  @Test
  void anotherKindTakesThePlaceOfTheOneBefore() {
    StreamDefinition threshold = changed("one", "detector.threshold.above=9");
    assertThat(threshold.detector().get().definition())
        .isEqualTo(new DetectorDefinition.Threshold(9, Double.NEGATIVE_INFINITY));
    StreamDefinition judged =
        changed(
            "two.b",
            "detector.z-score.threshold=4",
            "detector.z-score.min-samples=30",
            "detector.window=b");
    assertThat(judged.detector().get().window()).isEqualTo("b");
    assertThat(judged.detector().get().definition())
        .isEqualTo(new DetectorDefinition.ZScore(4, 30));
    assertThat(changed("one", "window.total={}").windows().getFirst().definition())
        .isEqualTo(new WindowDefinition.Total());
    assertThat(changed("two.b", "windows.a.sliding-count=7").windows().getFirst().definition())
        .isEqualTo(new WindowDefinition.SlidingCount(7));
    assertThat(changed("two.b", "window.sliding-count=7").windows()).hasSize(1);
    assertThat(changed("one", "detector.z-score.threshold=2").detector().get().window())
        .isEqualTo("window");
    DetectorDefinition.Ewma ewma =
        (DetectorDefinition.Ewma)
            changed("three", "detector.alpha=0.5").detector().get().definition();
    assertThat(ewma.alpha()).isEqualTo(0.5);
    assertThat(ewma.threshold()).isEqualTo(5);
  }

  @Test
  void whatIsWrongIsNamedWithItsLimit() {
    assertWrong("one", "detector.z-score.threshold=-1", "-1", "detector.z-score");
    assertWrong("one", "detector.z-score.threshold=x", "must be a number", "\"x\"");
    assertWrong("one", "detector.tresh=4", "tresh", "min-samples, threshold");
    assertWrong("one", "detektor.z-score.threshold=4", "detektor", "there is no such setting");
    assertWrong("one", "window.sliding-count=0", "0");
    assertWrong("two.b", "windows.a.tumbling.size=0s", "Invalid value at");
    assertWrong("one", "window.sliding-count=1.5", "whole number");
    assertWrong("one", "allowed-disorder=5 parsecs", "a duration with its unit");
    assertWrong("one", "detector.z-score", "is not of the form SETTING=VALUE");
    assertWrong("one", "=4", "is not of the form SETTING=VALUE");
    assertWrong("one", "a..b=4", "a..b");
    assertWrong("one", "detector.surprise=on", "must be an object");
    assertWrong("one", "x".repeat(1001) + "=1", "1,000 characters");
    assertWrong("one", "detector.window=other", "there is no window 'other'");
  }

  @Test
  void aValueIsNeitherAFileNorAReference(@TempDir Path folder) throws Exception {
    Path secret = Files.writeString(folder.resolve("secret.conf"), "size = 5m");
    assertWrong(
        "two.b", "windows.a.tumbling={include file(\"" + secret + "\")}", "must be an object");
    assertWrong("one", "time-zone=${thalweg.data-dir}", "${thalweg.data-dir}");
    assertWrong("one", "time-zone=\"UTC\"\nallowed-disorder=1s", "must be a time zone");
    assertWrong("one", "allowed-disorder=\"1s\",\"x\":1", "must be a duration");
  }

  private DetectorDefinition.Surprise surprise(String setting) {
    return (DetectorDefinition.Surprise) changed("two.b", setting).detector().get().definition();
  }

  private StreamDefinition changed(String stream, String... settings) {
    return Configuration.changed(config, stream, List.of(settings));
  }

  private void assertWrong(String stream, String setting, String... parts) {
    assertThatThrownBy(() -> changed(stream, setting))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(parts)
        .hasMessageStartingWith("--set: ")
        .hasMessageNotContaining("--set: --set");
  }
}
