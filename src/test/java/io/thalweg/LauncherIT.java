package io.thalweg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher of the packaged distribution, started as a user does. */
class LauncherIT {
  private static final Path DISTRIBUTION =
      Path.of(Objects.requireNonNull(System.getProperty("thalweg.dist")));

  @TempDir Path folder;

  record Run(int exitCode, String out, String err) {}

  @Test
  void startsThroughLinkInFolderWithBlank() throws Exception {
    Path other = Files.createDirectory(folder.resolve("some folder"));
    Path distribution = Files.createSymbolicLink(other.resolve("of links"), DISTRIBUTION);
    Path link = Files.createSymbolicLink(other.resolve("thalweg"), distribution.resolve("thalweg"));

    assertStarts(run(link, Map.of()));
  }

  @Test
  void startsWithoutHome() throws Exception {
    assertStarts(run(launcher(), Map.of("HOME", "", "XDG_CACHE_HOME", "")));
  }

  @Test
  void passesOverJavaThatIsTooOld() throws Exception {
    assertStarts(run(launcher(), Map.of("JAVA_HOME", javaThatFails("17.0.1").toString())));
  }

  @Test
  void takesJavaHomeThatIsNewEnough() throws Exception {
    Run run = run(launcher(), Map.of("JAVA_HOME", javaThatFails("99.0.1").toString()));

    assertThat(run.exitCode()).isEqualTo(42);
  }

  @Test
  void collectorThatIsAskedForReplacesItsOwn() throws Exception {
    Run run =
        run(
            launcher(),
            Map.of("THALWEG_JAVA_OPTS", "-XX:+UseG1GC -XX:+PrintCommandLineFlags -Xmx64m"));

    assertThat(run.exitCode()).isZero();
    assertThat(run.out() + run.err())
        .contains("-XX:+UseG1GC", "-XX:MaxHeapSize=67108864")
        .doesNotContain("UseSerialGC");
  }

  @Test
  void renewsClassArchiveThatWasCutShort() throws Exception {
    assertStarts(run(launcher(), Map.of()));
    Path archive = onlyFileIn(folder.resolve("cache/thalweg"));
    Files.write(archive, new byte[4096]);

    assertStarts(run(launcher(), Map.of()));

    assertThat(archive).satisfies(file -> assertThat(Files.size(file)).isGreaterThan(4096));
  }

  private static void assertStarts(Run run) {
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isNotBlank();
    assertThat(run.exitCode()).isZero();
  }

  private static Path launcher() {
    return DISTRIBUTION.resolve("thalweg");
  }

  /** A folder that claims to be a Java and ends with 42 when it is started. */
  private Path javaThatFails(String version) throws IOException {
    Path java = Files.createDirectories(folder.resolve("java/bin")).resolve("java");
    Files.writeString(java, "#!/bin/sh\nexit 42\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Files.writeString(folder.resolve("java/release"), "JAVA_VERSION=\"" + version + "\"\n");
    return folder.resolve("java");
  }

  private static Path onlyFileIn(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.getFirst();
    }
  }

  private Run run(Path launcher, Map<String, String> environment) throws Exception {
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(launcher.toString(), "--version")
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    builder.environment().keySet().removeIf(name -> name.endsWith("JAVA_OPTIONS"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Run(
        process.exitValue(),
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }
}
