package io.thalweg.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.thalweg.kafka.KafkaBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration through Kafka, of the packaged distribution, as a user starts and ends it. */
@Timeout(240)
class KafkaDemoIT {
  private static final Path LAUNCHER =
      Path.of(System.getProperty("thalweg.dist"), "thalweg").toAbsolutePath();
  private static final int SERIES = 3;

  @TempDir Path folder;

  @Test
  void whatGoesInComesOutOnceAndABrokerOfItsOwnEndsWithIt() throws Exception {
    Process demo = start("--kafka-home", kafkaHome().toString());
    List<ProcessHandle> broker = awaitBroker(demo);

    assertThat(demo.waitFor(2, TimeUnit.MINUTES)).isTrue();

    assertThat(demo.exitValue()).as(err()).isZero();
    assertRight(new JsonMapper().readTree(folder.resolve("out").toFile()));
    assertThat(err())
        .contains("Kafka answers at 127.0.0.1:")
        .contains("  anomaly  ")
        .contains("        0 lag");
    assertAllEnd(broker);
    assertThat(temporary()).isEmptyDirectory();
  }

  @Test
  void askedToStopItLeavesNeitherBrokerNorFolder() throws Exception {
    Process demo = start("--kafka-home", kafkaHome().toString(), "--keep");
    List<ProcessHandle> broker = awaitBroker(demo);
    while (demo.isAlive() && !err().contains("Starting a node")) {
      Thread.sleep(20);
    }

    demo.destroy();

    assertThat(demo.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(demo.exitValue()).as(err()).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(err()).doesNotContain("thalweg:", "\tat ");
    assertAllEnd(broker);
  }

  @Test
  void clusterThatRunsIsLeftAsItWas() throws Exception {
    try (KafkaBroker broker = KafkaBroker.start(folder.resolve("broker"));
        Admin admin = broker.admin()) {
      broker.createTopic("others", 1);
      Process demo = start("--bootstrap", broker.bootstrap());
      assertThat(demo.waitFor(2, TimeUnit.MINUTES)).isTrue();
      assertThat(demo.exitValue()).as(err()).isZero();
      assertRight(new JsonMapper().readTree(folder.resolve("out").toFile()));
      awaitTopics(admin, Set.of("others"));
      assertThat(admin.listGroups().all().get()).isEmpty();

      broker.createTopic("thalweg-demo-anomalies", 1);
      broker.produce(
          List.of(new ProducerRecord<>("thalweg-demo-anomalies", "mine".getBytes(UTF_8))));
      Process refused = start("--bootstrap", broker.bootstrap());
      assertThat(refused.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(refused.exitValue()).isEqualTo(ExitCode.FAILED);
      assertThat(err())
          .contains("thalweg: topic thalweg-demo-anomalies exists already at " + broker.bootstrap())
          .doesNotContain("Starting a node");
      awaitTopics(admin, Set.of("others", "thalweg-demo-anomalies"));
      assertThat(broker.readAll("thalweg-demo-anomalies")).hasSize(1);
    }
    assertThat(temporary()).isEmptyDirectory();
  }

  @Test
  void clusterThatDoesNotAnswerIsNamed() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Process demo = start("--bootstrap", "127.0.0.1:" + port);
    assertThat(demo.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(demo.exitValue()).isEqualTo(ExitCode.FAILED);
    assertThat(err()).contains("thalweg: no Kafka broker answers at 127.0.0.1:" + port);
    assertThat(temporary()).isEmptyDirectory();
  }

  private static void assertRight(JsonNode result) throws IOException {
    assertThat(result.path("right").asBoolean()).isTrue();
    assertThat(result.path("keys")).hasSize(SERIES);
    long rows = 0;
    for (JsonNode key : result.path("keys")) {
      rows += key.path("counted").asLong();
      assertThat(key.path("counted").asLong()).isEqualTo(rows(key.path("key").asText()));
      assertThat(key.path("written")).isEqualTo(key.path("counted"));
      assertThat(key.path("result_ids")).isEqualTo(key.path("anomalies"));
    }
    assertThat(result.path("counted").asLong()).isEqualTo(rows);
    assertThat(result.path("result_ids").asLong()).isPositive();
    assertThat(result.path("result_records").asLong())
        .isGreaterThanOrEqualTo(result.path("result_ids").asLong());
  }

  private static long rows(String key) throws IOException {
    Path data = LAUNCHER.resolveSibling("demo/nab/data");
    try (Stream<String> lines = Files.lines(data.resolve(key + ".csv"))) {
      return lines.count() - 1;
    }
  }

  /** A folder with the jars of the tests' class path, among them a broker's. */
  private Path kafkaHome() throws IOException {
    Path libs = Files.createDirectories(folder.resolve("kafka/libs"));
    for (String entry : System.getProperty("java.class.path").split(":")) {
      Path jar = Path.of(entry);
      if (entry.endsWith(".jar")) {
        Files.createSymbolicLink(libs.resolve(jar.getFileName()), jar.toAbsolutePath());
      }
    }
    return folder.resolve("kafka");
  }

  private Process start(String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of(LAUNCHER.toString(), "demo", "--kafka"));
    command.addAll(List.of("--series", String.valueOf(SERIES), "-o", "json"));
    command.addAll(List.of(options));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    builder.environment().put("THALWEG_HEAP", "512m");
    builder.environment().put("THALWEG_JAVA_OPTS", "-Djava.io.tmpdir=" + temporary());
    return builder.start();
  }

  /** The broker's processes, once there is one that answers. */
  private List<ProcessHandle> awaitBroker(Process demo) throws Exception {
    while (demo.isAlive() && !err().contains("Kafka answers at")) {
      Thread.sleep(20);
    }
    List<ProcessHandle> all = demo.descendants().toList();
    assertThat(all).as(err()).isNotEmpty();
    return all;
  }

  private static void assertAllEnd(List<ProcessHandle> processes) throws Exception {
    for (ProcessHandle process : processes) {
      process.onExit().get(20, TimeUnit.SECONDS);
    }
  }

  /** A topic that is deleted vanishes a moment later. */
  private static void awaitTopics(Admin admin, Set<String> expected) throws Exception {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!admin.listTopics().names().get().equals(expected)) {
      assertThat(System.nanoTime() - deadline)
          .as(Objects.toString(admin.listTopics().names().get()))
          .isNegative();
      Thread.sleep(100);
    }
  }

  private Path temporary() throws IOException {
    return Files.createDirectories(folder.resolve("temporary"));
  }

  private String err() throws IOException {
    return Files.readString(folder.resolve("err"));
  }
}
