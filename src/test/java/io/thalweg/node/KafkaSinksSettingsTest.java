package io.thalweg.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import io.thalweg.results.kafka.ResultFormat;
import io.thalweg.results.kafka.ResultKind;
import io.thalweg.results.kafka.SinkSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KafkaSinksSettingsTest {
  private static final String FINE = "topic = out, streams = [a]";

  @Test
  void whatIsNotSaidIsTakenFromTheDefaults() {
    SinkSettings sink = sink(FINE);
    assertThat(sink.name()).isEqualTo("alerts");
    assertThat(sink.kinds())
        .isEqualTo(Set.of(ResultKind.WINDOWS, ResultKind.ANOMALIES, ResultKind.LATE));
    assertThat(sink.format()).isEqualTo(ResultFormat.JSON);
    assertThat(sink.cluster().name()).isEqualTo("main");
    assertThat(sink(FINE + ", what = [updates], format = protobuf").format())
        .isEqualTo(ResultFormat.PROTOBUF);
  }

  @Test
  void whatIsWrongIsNamedWithItsPath() {
    assertWrong("topic = out", "thalweg.kafka.sinks.alerts", "needs streams");
    assertWrong("streams = [a]", "thalweg.kafka.sinks.alerts", "needs topic");
    assertWrong("topic = out, streams = [b]", "sinks.alerts.streams", "no stream 'b'");
    assertWrong("topic = out, streams = []", "sinks.alerts", "streams (one or more)");
    assertWrong("topic = \"o/t\", streams = [a]", "sinks.alerts", "topic", "'o/t'");
    assertWrong(FINE + ", what = [sums]", "sinks.alerts.what", "'sums'", "windows");
    assertWrong(FINE + ", what = []", "sinks.alerts", "what (one or more)");
    assertWrong(FINE + ", format = xml", "sinks.alerts.format", "'xml'", "protobuf");
    assertWrong(FINE + ", cluster = other", "sinks.alerts.cluster", "'other'");
    assertWrong(FINE + ", topics = x", "sinks.alerts.topics", "no such setting");
    assertWrong(FINE + ", in-flight-max = 0", "sinks.alerts", "in-flight-max", "0");
    assertWrong(FINE + ", waiting-max = 9", "sinks.alerts", "waiting-max", "9");
    assertWrong(FINE + ", store-every = 1ms", "sinks.alerts", "store-every");
    assertWrong(FINE + ", poll-every = 2m", "sinks.alerts", "poll-every");
    assertWrong(FINE + ", retry-backoff-max = 1ms", "sinks.alerts", "retry-backoff-max");
  }

  @Test
  void shardIsTheWritersOrElseTheOldestMembers() {
    Set<String> members = Set.of("a", "b");
    assertThat(MemberShares.has("a", members, "b", Optional.of("a"))).isTrue();
    assertThat(MemberShares.has("b", members, "b", Optional.of("a"))).isFalse();
    assertThat(MemberShares.has("b", members, "b", Optional.of("gone"))).isTrue();
    assertThat(MemberShares.has("a", members, "b", Optional.of("gone"))).isFalse();
    assertThat(MemberShares.has("b", members, "b", Optional.empty())).isTrue();
  }

  private static void assertWrong(String hocon, String... parts) {
    assertThatThrownBy(() -> sink(hocon)).hasMessageContainingAll(parts);
  }

  private static SinkSettings sink(String hocon) {
    List<SinkSettings> sinks =
        KafkaSinksSettings.from(
            ConfigFactory.parseString(
                    """
                    thalweg.kafka.clusters.main.bootstrap = "127.0.0.1:9092"
                    thalweg.kafka.sinks.alerts { %s }
                    """
                        .formatted(hocon))
                .withFallback(ConfigFactory.load()),
            Set.of("a"));
    return sinks.getFirst();
  }
}
