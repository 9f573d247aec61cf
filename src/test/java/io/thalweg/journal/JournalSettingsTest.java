package io.thalweg.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalSettingsTest {
  @Test
  void defaultsAreValid() {
    assertThat(JournalSettings.from(ConfigFactory.load()).snapshotsKept()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "folder = \"\"",
        "queued-writes-max = 0",
        "queued-bytes-max = 0",
        "flush-events-max = 0",
        "flush-bytes-max = 2 GiB",
        "known-keys-max = 5",
        "snapshots-kept = 0",
        "reopen-backoff-min = 0 s",
        "reopen-backoff-max = 1 ms",
        "write-buffer = 1 KiB",
        "block-cache = 1 KiB",
        "wal-max = 1 KiB",
        "open-files-max = 3",
        "background-jobs-max = 1",
        "info-log-max = 1",
        "history-events-max = 0",
        "history-bytes-max = 0"
      })
  void wrongValueIsRefusedByName(String setting) {
    Config config =
        ConfigFactory.parseString("thalweg.journal { " + setting + " }")
            .withFallback(ConfigFactory.load());
    assertThatThrownBy(() -> JournalStore.check(config))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("thalweg.journal." + setting.substring(0, setting.indexOf(' ')));
  }
}
