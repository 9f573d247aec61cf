package io.thalweg.journal;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Configurations of actor systems that keep their data in a folder of a test. */
public final class TestSystems {
  private TestSystems() {}

  public static Config config(Path folder) {
    return ConfigFactory.parseMap(
        Map.of(
            "thalweg.journal.folder", folder.toString(),
            "pekko.persistence.journal.plugin", "thalweg.journal.rocksdb",
            "pekko.persistence.snapshot-store.plugin", "thalweg.journal.rocksdb-snapshots",
            "pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", "off"));
  }

  /** For tests that can't be given one; it goes with the build's folder. */
  public static Path temporaryFolder() {
    try {
      return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "journal");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
