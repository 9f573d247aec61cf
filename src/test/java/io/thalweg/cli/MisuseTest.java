package io.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a command line is said at once: no server is asked, and none is there. */
class MisuseTest {
  @TempDir Path folder;

  static Stream<List<String>> misuses() {
    return Stream.of(
        List.of("--version is counted from 1, not 0", "get", "--version", "0", "k"),
        List.of("the first not after the last: 3, 2", "history", "--from", "3", "--to", "2", "k"),
        List.of("at least 0, not -1", "watch", "--after", "-1", "k"),
        List.of("KEY and --prefix exclude each other", "watch", "--prefix", "a", "k"),
        List.of("--batch-size must be 1 to 100000, not 0", "ingest", "--batch-size", "0", "-"),
        List.of("--port must be 0 to 65535, not 65536", "serve", "--port", "65536"),
        List.of("--port must be 0 to 65535, not -1", "demo", "--port", "-1"),
        List.of("--kafka-home and --bootstrap need --kafka", "demo", "--bootstrap", "h:1"),
        List.of("--kafka-home and --bootstrap need --kafka", "demo", "--kafka-home", "/opt/kafka"),
        List.of("exclude each other", "demo", "--kafka", "--kafka-home=k", "--bootstrap=h:1"),
        List.of("host:port, not 'nowhere'", "demo", "--kafka", "--bootstrap", "nowhere"),
        List.of("a port is 1 to 65535, not 70000", "demo", "--kafka", "--bootstrap", "h:70000"),
        List.of("a new or an empty folder with --kafka, and src", "demo", "--kafka", "--data=src"),
        List.of("--keys must be 1 to 10000000, not 0", "bench", "--keys", "0"),
        List.of("--rate must be max or above 0, not -1.0", "bench", "--rate", "-1"),
        List.of("--hot-key must be between 0 and 1, not 1.0", "bench", "--hot-key", "1"),
        List.of("--producers must be 1 to 5, not 0", "bench", "--keys", "5", "--producers", "0"),
        List.of("--connections must be 1 to 4, not 5", "bench", "--connections", "5"),
        List.of("2 to 1,000,000 samples, not 1", "bench", "--window", "1"),
        List.of("1 to 100,000 seconds long, not 0", "bench", "-w", "T", "--window", "0"),
        List.of("not for --endpoint", "bench", "--endpoint", "h:1", "--server-heap", "1g"),
        List.of("--server-pid and --database-pid need --endpoint", "bench", "--server-pid", "1"),
        List.of("--nodes must be 1 to 7, not 0", "cluster", "--nodes", "0"),
        List.of("--nodes must be 1 to 7, not 8", "cluster", "--nodes", "8"),
        List.of("--port must be 1 to 65513 for 3 nodes, not 65514", "cluster", "--port", "65514"),
        List.of("--port must be 1 to 65533 for 1 nodes, not 0", "cluster", "-n", "1", "-p", "0"),
        List.of("--postgres-port must be 0 to 65535, not -1", "cluster", "--postgres-port", "-1"),
        List.of("--heap must be a size like 512m, not much", "cluster", "--heap", "much"),
        List.of("--watch must be 0.1 to 3600 seconds, not 0.01", "status", "--watch", "0.01"),
        List.of("'--on-error': expected one of", "ingest", "--on-error", "true", "-"));
  }

  @ParameterizedTest
  @MethodSource("misuses")
  void misuseNamesTheValueAndItsLimit(List<String> reasonAndCommand) {
    String[] command = reasonAndCommand.subList(1, reasonAndCommand.size()).toArray(String[]::new);
    Cli run = Cli.run(command);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains(reasonAndCommand.getFirst(), "--help");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void missingFileIsMissedBeforeTheServer() {
    Cli run = Cli.run("ingest", folder.resolve("none.csv").toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("no such file").contains("none.csv");
  }

  @Test
  void demoThatCannotStartLeavesNoFolder() throws IOException {
    List<Path> before = demoFolders();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Cli run = Cli.run("demo", "--port", String.valueOf(taken.getLocalPort()));
      assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(run.err()).contains("can't listen on 127.0.0.1:" + taken.getLocalPort());
    }
    assertThat(demoFolders()).isEqualTo(before);
  }

  @Test
  void kafkaDemoSaysWhatItLacksAndLeavesNoFolder() throws IOException {
    List<Path> before = demoFolders();
    Cli none = Cli.run("demo", "--kafka");
    assertThat(none.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(none.err())
        .contains("there is no Kafka to start")
        .contains("--kafka-home DIR")
        .contains("--bootstrap HOST:PORT")
        .doesNotContain("\tat ");
    Cli wrong = Cli.run("demo", "--kafka", "--kafka-home", folder.toString());
    assertThat(wrong.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(wrong.err()).contains("no Kafka in " + folder).contains("libs/kafka_");
    assertThat(demoFolders()).isEqualTo(before);
  }

  @Test
  void kafkaDemoTellsWhyItsBrokerDoesNotStart() throws IOException {
    List<Path> before = demoFolders();
    Path libs = Files.createDirectory(folder.resolve("libs"));
    Files.createFile(libs.resolve("kafka_2.13-9.9.9.jar"));
    Cli run = Cli.run("demo", "--kafka", "--kafka-home", folder.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err())
        .contains("Starting a broker of Kafka 9.9.9")
        .contains("could not be formatted (code 1)")
        .contains("kafka.tools.StorageTool");
    assertThat(demoFolders()).isEqualTo(before);
  }

  @Test
  void benchWithoutALauncherStartsNothing() {
    Cli run = Cli.run("bench", "--data", folder.toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(run.err()).contains("there is no launcher at").contains("give --endpoint");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void clusterNamesAPortThatIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      String port = String.valueOf(taken.getLocalPort());
      Cli run = Cli.run("cluster", "-n", "1", "--port", port, "--data", folder.toString());
      assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
      assertThat(run.err()).contains("port " + port + " of 127.0.0.1 can't be had");
      assertThat(folder).isDirectoryNotContaining(path -> path.endsWith("data"));
    }
  }

  private static List<Path> demoFolders() throws IOException {
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.filter(path -> path.getFileName().toString().startsWith("thalweg-demo-"))
          .sorted()
          .toList();
    }
  }
}
