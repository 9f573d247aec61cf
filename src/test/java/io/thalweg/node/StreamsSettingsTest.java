package io.thalweg.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.key.WindowDetector;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.window.Emission;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import java.io.File;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamsSettingsTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void everyKindOfWindowIsRead() {
    StreamDefinition stream =
        stream(
            """
            windows {
              hour { tumbling { size = 1h, offset = 30m } }
              minute { hopping { size = 1m, slide = 10s, offset = 1s }, emit = "every 10s" }
              visit { session { gap = 30s }, emit = every-batch }
              ten { tumbling-count = 10, emit = on-close }
              newest { sliding-count = 100 }
              all { total {} }
            }
            """);
    assertThat(stream.windows())
        .containsExactly(
            new NamedWindow("hour", new WindowDefinition.Tumbling(3600 * SECOND, 1800 * SECOND)),
            new NamedWindow(
                "minute",
                new WindowDefinition.Hopping(60 * SECOND, 10 * SECOND, SECOND),
                new Emission.Every(10 * SECOND)),
            new NamedWindow(
                "visit", new WindowDefinition.Session(30 * SECOND), Emission.EveryBatch.INSTANCE),
            new NamedWindow("ten", new WindowDefinition.TumblingCount(10)),
            new NamedWindow("newest", new WindowDefinition.SlidingCount(100)),
            new NamedWindow("all", new WindowDefinition.Total()));
  }

  @Test
  void shortFormIsOneWindowNamedWindow() {
    StreamDefinition stream =
        stream(
            """
            window { sliding-time { size = 60s, slide = 1s } }
            detector { z-score { threshold = 4, min-samples = 30 } }
            """);
    assertThat(stream.windows())
        .containsExactly(
            new NamedWindow("window", new WindowDefinition.Hopping(60 * SECOND, SECOND, 0)));
    assertThat(stream.detector())
        .contains(new WindowDetector("window", new DetectorDefinition.ZScore(4, 30)));
    assertThat(stream.statistics()).isEqualTo(Statistics.BASIC);
    assertThat(stream.time()).isEqualTo(new TimeRules(0, 0, 0, 60 * SECOND));
  }

  @Test
  void detectorJudgesAgainstTheFirstWindowOrTheNamedOne() {
    String windows = "windows {\n z { total {} }\n a { sliding-count = 9 }\n}\n";
    String detector = "z-score { threshold = 4, min-samples = 30 }";
    assertThat(stream(windows + "detector { " + detector + " }").detector().orElseThrow().window())
        .isEqualTo("z");
    assertThat(
            stream(windows + "detector { " + detector + ", window = a }")
                .detector()
                .orElseThrow()
                .window())
        .isEqualTo("a");
  }

  @Test
  void detectorsOfAllSamplesJudgeAgainstNoWindow() {
    assertThat(detector("surprise {}")).isEqualTo(DetectorDefinition.Surprise.DEFAULT);
    assertThat(
            detector(
                """
                surprise {
                  threshold = 4, habituation = 0, habituation-samples = 1, refractory-samples = 0
                  override = 5, warm-up-samples = 500, point-residual = on
                }
                """))
        .isEqualTo(new DetectorDefinition.Surprise(4, 0, 1, 0, 5, 500, true));
    assertThat(detector("ewma { alpha = 0.25, min-samples = 9 }"))
        .isEqualTo(new DetectorDefinition.Ewma(0.25, 4, 9));
    assertThat(detector("ewma { half-life-samples = 1, threshold = 5 }"))
        .isEqualTo(new DetectorDefinition.Ewma(0.5, 5, 30));
    assertThat(detector("threshold { above = 10, below = -1 }"))
        .isEqualTo(new DetectorDefinition.Threshold(10, -1));
    assertThat(detector("threshold { below = 0 }"))
        .isEqualTo(new DetectorDefinition.Threshold(Double.POSITIVE_INFINITY, 0));
  }

  @Test
  void theZoneIsUtcUnlessItIsSaid() {
    assertThat(stream("window { total {} }").time().zone()).isEqualTo(ZoneOffset.UTC);
    assertThat(stream("window { total {} }, time-zone = GMT").time().zone())
        .isEqualTo(ZoneOffset.UTC);
    assertThat(stream("window { total {} }, time-zone = \"America/New_York\"").time().zone())
        .isEqualTo(ZoneId.of("America/New_York"));
  }

  private static DetectorDefinition detector(String text) {
    WindowDetector detector =
        stream("window { total {} }, detector { " + text + " }").detector().orElseThrow();
    assertThat(detector.window()).isEmpty();
    return detector.definition();
  }

  @Test
  void windowsOnOneLineAreOrderedByName() {
    assertThat(stream("windows { b { total {} }, a { total {} } }").windows())
        .extracting(NamedWindow::name)
        .containsExactly("a", "b");
  }

  @Test
  void timeRulesAreRead() {
    assertThat(
            stream(
                    """
                    window { total {} }
                    allowed-disorder = 2s, allowed-lateness = 1m, idle-timeout = 5s, future-bound = 1h
                    """)
                .time())
        .isEqualTo(new TimeRules(2 * SECOND, 60 * SECOND, 5 * SECOND, 3600 * SECOND));
  }

  @Test
  void statisticsAreThoseAskedFor() {
    assertThat(stream("window { total {} }, statistics = [mean, first, rate]").statistics())
        .isEqualTo(new Statistics(true, true, false, Optional.empty(), OptionalLong.empty()));
    assertThat(
            stream(
                    """
                    window { total {} }
                    statistics = [skewness, quantiles, ewma]
                    quantiles = [0.5, 0.99], quantiles-relative-error = 0.02, ewma-half-life = 10s
                    """)
                .statistics())
        .isEqualTo(
            new Statistics(
                false,
                false,
                true,
                Optional.of(new Statistics.Quantiles(List.of(0.5, 0.99), 0.02)),
                OptionalLong.of(10 * SECOND)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          windows { a { hoping {} } }                                  | windows.a.hoping           | no such setting
          windows { a { total {}, sliding-count = 5 } }                | windows.a                  | has one of
          windows { a { tumbling {} } }                                | windows.a.tumbling         | it needs size
          windows { a { tumbling { size = 1s, slide = 1s } } }         | windows.a.tumbling.slide   | no such setting
          windows { a { tumbling { size = 1us } } }                    | windows.a.tumbling         | 1 ms or more
          windows { a { tumbling { size = soon } } }                   | windows.a.tumbling.size    | "soon"
          windows { a { tumbling { size = 40000d } } }                 | windows.a.tumbling.size    | 36500d
          windows { a { hopping { size = 5s, slide = 2s } } }          | windows.a.hopping          | 100000 times
          windows { a { hopping { size = 4s, slide = 2s, offset = 2s } } } | windows.a.hopping      | below its slide
          windows { a { session { gap = -1s } } }                      | windows.a.session.gap      | from 0ms
          windows { a { sliding-count = 0 } }                          | windows.a                  | 1 to 1000000
          windows { a { sliding-count = 1.5 } }                        | windows.a.sliding-count    | whole number
          windows { a { sliding-count = 3000000000 } }                 | windows.a.sliding-count    | 2147483647
          windows { a { tumbling-count = 0 } }                         | windows.a                  | at least 1
          windows { a { total {}, emit = sometimes } }                 | windows.a.emit             | "sometimes"
          windows { a { total {}, emit = every } }                     | windows.a.emit             | every-batch
          windows { a { total {}, emit = "every 1us" } }               | windows.a.emit             | from 1ms on
          windows { "a b" { total {} } }                               | windows.a b                | 1 to 64
          windows {}                                                   | streams.s.windows          | 1 to 32 windows
          windows { a = 5 }                                            | windows.a                  | must be an object
          producers-max = 5                                            | streams.s                  | windows
          window { total {} }, windows { a { total {} } }              | streams.s.window           | both
          window { total {} }, detector { z-score { threshold = 4, min-samples = 2 }, window = b } | detector.window | [window]
          window { total {} }, detector { z-score { threshold = 0, min-samples = 2 } } | detector.z-score | above 0
          window { total {} }, detector { surprise { threshold = 0 } } | detector.surprise        | above 0 and finite: 0
          window { total {} }, detector { surprise { habituation = -1 } } | detector.surprise     | habituation is at least 0 and finite: -1
          window { total {} }, detector { surprise { habituation-samples = 0 } } | detector.surprise | at least 1 sample: 0
          window { total {} }, detector { surprise { refractory-samples = 0.5 } } | refractory-samples | a whole number
          window { total {} }, detector { surprise { point-residual = 7 } } | point-residual      | on or off
          window { total {} }, detector { surprise { treshold = 4 } }  | surprise.treshold          | warm-up-samples
          window { total {} }, detector { surprise {}, window = window } | detector.window          | against no window
          window { total {} }, detector { surprise {}, ewma { alpha = 0.1 } } | streams.s.detector | one of ewma, surprise, threshold, z-score
          window { total {} }, detector { ewma { alpha = 1 } }         | detector.ewma              | below 1: 1
          window { total {} }, detector { ewma { half-life-samples = 0 } } | detector.ewma          | above 0 and finite: 0
          window { total {} }, detector { ewma {} }                    | detector.ewma              | either alpha or half-life-samples
          window { total {} }, detector { threshold {} }               | detector.threshold         | above, below or both
          window { total {} }, detector { threshold { above = 1, below = 2 } } | detector.threshold | 2.0, 1.0
          window { total {} }, time-zone = Mars                        | time-zone                  | 'Mars'
          window { total {} }, statistics = [median]                   | statistics                 | 'median'
          window { total {} }, quantiles = [0.5]                       | quantiles                  | does not ask
          window { total {} }, statistics = [quantiles], quantiles = [2] | quantiles                | 0 to 1
          window { total {} }, statistics = [ewma], ewma-half-life = 0s | ewma-half-life            | from 1ms
          window { total {} }, idle-timeout = 1us                      | idle-timeout               | from 1ms
          window { total {} }, allowed-lateness = -1s                  | allowed-lateness           | from 0ms
          window { total {} }, producers-max = 0                       | producers-max              | 65536
          """)
  void whatIsWrongIsNamedWithPathLineValueAndLimit(String text, String path, String reason) {
    assertThatThrownBy(() -> stream(text))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(": 2", path, reason);
  }

  @Test
  void defaultsHoldWhereAStreamSaysNothing() {
    Config config =
        config(
            """
            thalweg.streams.s { window { total {} } }
            thalweg.stream-defaults { statistics = [quantiles], idle-timeout = 1s }
            """);
    StreamDefinition stream = Objects.requireNonNull(StreamsSettings.from(config).get("s"));
    assertThat(stream.time().idleTimeoutNanos()).isEqualTo(SECOND);
    assertThat(stream.statistics().quantiles())
        .contains(new Statistics.Quantiles(List.of(0.5, 0.9, 0.99), 0.01));
  }

  @Test
  void deliveredConfigurationIsRead() {
    Config config =
        ConfigFactory.parseFile(new File("config/thalweg.conf"))
            .withFallback(ConfigFactory.defaultReference());
    assertThat(StreamsSettings.from(config)).containsKeys("payments", "sensors", "latencies");
  }

  private static StreamDefinition stream(String text) {
    var streams = StreamsSettings.from(config("\nthalweg.streams.s { " + text + "\n}\n"));
    return Objects.requireNonNull(streams.get("s"));
  }

  private static Config config(String text) {
    return ConfigFactory.parseString(text).withFallback(ConfigFactory.defaultReference());
  }
}
