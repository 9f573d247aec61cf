package io.thalweg.journal.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.journal.JournalFixture;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process in the midst of its writes: what it was told is stored is there. */
class CrashIT {
  private static final int ACKNOWLEDGED_BEFORE_KILL = 3_000;

  @TempDir Path folder;

  @RepeatedTest(3)
  void whatWasAcknowledgedSurvivesAKill() throws Throwable {
    Map<String, Integer> acknowledged = writeAndKill();
    try (JournalFixture journal = JournalFixture.open(folder)) {
      for (Map.Entry<String, Integer> key : acknowledged.entrySet()) {
        List<Object> events = journal.replay(key.getKey(), 1);
        assertThat(events).hasSizeGreaterThanOrEqualTo(key.getValue());
        for (int i = 0; i < events.size(); i++) {
          assertThat(events.get(i)).isEqualTo(CrashingWriter.event(key.getKey(), i + 1));
        }
      }
    }
  }

  /** Returns each key's highest acknowledged version. */
  private Map<String, Integer> writeAndKill() throws Exception {
    Process writer = start();
    Map<String, Integer> acknowledged = new HashMap<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
      String line;
      int count = 0;
      while ((line = lines.readLine()) != null) {
        if (line.startsWith(CrashingWriter.ACKNOWLEDGED)) {
          String[] parts = line.split(" ", -1);
          acknowledged.merge(parts[1], Integer.valueOf(parts[2]), Math::max);
          if (++count == ACKNOWLEDGED_BEFORE_KILL) {
            writer.toHandle().destroyForcibly();
          }
        }
      }
      assertThat(count).isGreaterThanOrEqualTo(ACKNOWLEDGED_BEFORE_KILL);
    } finally {
      writer.destroyForcibly();
    }
    assertThat(writer.waitFor(20, TimeUnit.SECONDS)).isTrue();
    return acknowledged;
  }

  private Process start() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> argument.startsWith("-XX:") || argument.startsWith("--"))
            .toList());
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            CrashingWriter.class.getName(),
            folder.toString()));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
