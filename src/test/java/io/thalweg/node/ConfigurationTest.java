package io.thalweg.node;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is wrong in a file is said, and where. */
class ConfigurationTest {
  private static final String STREAM = "thalweg.streams.a { window { sliding-count = 5 } }\n";

  @TempDir Path folder;

  @Test
  void misspeltRootIsNotPassedOver() {
    refused(STREAM + "thalwg.grpc.port = 5", "a.conf: 2", "thalwg");
  }

  @Test
  void streamWithoutWindowIsNamedWithItsLine() {
    refused("\nthalweg.streams.a {}", "a.conf: 2", "thalweg.streams.a", "window");
  }

  @Test
  void settingsOfTheJournalAreChecked() {
    refused(STREAM + "thalweg.journal.block-cache = x", "a.conf: 2", "block-cache");
    refused(STREAM + "thalweg.journal.snapshots-kept = 0", "thalweg.journal.snapshots-kept");
  }

  private void refused(String text, String... reasons) {
    assertThatThrownBy(() -> check(text))
        .isInstanceOf(NodeStartException.class)
        .hasMessageContainingAll(reasons);
  }

  private void check(String text) throws IOException, NodeStartException {
    Path file = Files.writeString(folder.resolve("a.conf"), text);
    Configuration.check(Configuration.load(Optional.of(file)));
  }
}
