package io.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.typesafe.config.ConfigFactory;
import io.thalweg.cli.bench.CountWorkload;
import io.thalweg.cli.bench.TimeWorkload;
import io.thalweg.client.FakeServer;
import io.thalweg.client.FakeStore;
import io.thalweg.node.Configuration;
import io.thalweg.node.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The load generator at little load: what counts here is that results are checked, not the speed.
 */
@Timeout(180)
class BenchIT {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> SHORTLY =
      List.of("--keys", "40", "--seconds", "3", "--warm-up", "1", "-o", "json");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"C", "T"})
  void packagedProgramStartsANodeAndFindsAllRight(String workload) throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    JsonNode json = packaged("bench", "-w", workload, "--rate", "2000", "--data", data.toString());
    assertRight(json);
    assertThat(json.path("samples_per_second").asDouble()).isPositive();
    for (String latency : List.of("p50", "p99", "p999", "max")) {
      assertThat(json.path("ack_ms").path(latency).asDouble()).as(latency).isPositive();
    }
    JsonNode cpu = json.path("cpu_seconds_per_million");
    assertThat(cpu.path("server").asDouble()).isPositive();
    assertThat(cpu.path("client").asDouble()).isPositive();
    assertThat(cpu.path("database").isNull()).isTrue();
    assertThat(json.has("rss_mb")).isTrue();
    assertThat(json.path("samples_per_event").asDouble()).isGreaterThanOrEqualTo(1);
    assertThat(json.at("/parameters/workload").asText()).isEqualTo(workload);
    assertThat(json.at("/parameters/rate").asDouble()).isEqualTo(2_000);
    assertThat(json.at("/machine/server_options").toString()).contains("-XX:");
    assertThat(json.at("/checked/closed_windows").asLong() > 0).isEqualTo(workload.equals("T"));
    assertThat(data).isEmptyDirectory();
  }

  @Test
  void databaseIsStartedAndMeasuredToo() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    JsonNode json =
        packaged("bench", "--journal", "postgres", "--rate", "1000", "--data", data.toString());
    assertRight(json);
    assertThat(json.at("/cpu_seconds_per_million/database").asDouble()).isPositive();
    assertThat(data).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "postgres"})
  void nodeThatIsKilledKnowsAllAgain(String journal) throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    JsonNode json =
        run(
            "bench",
            "restart",
            "--journal",
            journal,
            "--keys",
            "30",
            "--events",
            "5",
            "--restarts",
            "2",
            "--data",
            data.toString(),
            "-o",
            "json");
    assertThat(json.path("lost").asLong(-1)).isZero();
    assertThat(json.path("doubled").asLong(-1)).isZero();
    assertThat(json.path("wrong").asLong(-1)).isZero();
    assertThat(json.path("restarts")).hasSize(2);
    double listening = json.at("/median/listening_seconds").asDouble();
    assertThat(listening).isPositive();
    assertThat(json.at("/median/first_ack_seconds").asDouble()).isGreaterThan(listening);
    assertThat(json.at("/median/all_keys_seconds").asDouble()).isGreaterThan(listening);
    assertThat(data).isEmptyDirectory();
  }

  @Test
  void runningServerIsMeasuredAgainAndAgain() throws Exception {
    try (Node node = node()) {
      String endpoint = "127.0.0.1:" + node.address().getPort();
      String pid = String.valueOf(ProcessHandle.current().pid());
      for (int run = 0; run < 2; run++) {
        Cli cli = bench("-e", endpoint, "--server-pid", pid, "--rate", "2000", "--live-heap");
        JsonNode json = JSON.readTree(cli.out());
        assertRight(json);
        assertThat(json.at("/live_heap/active_keys").asLong()).isGreaterThanOrEqualTo(40);
        assertThat(json.at("/live_heap/bytes").asLong()).isPositive();
        assertThat(cli.exitCode()).isZero();
        assertThat(cli.err()).contains("samples/s", "p99", "in flight", "(warm-up)");
      }
    }
  }

  @Test
  void everyWayToLoadIsCheckedAlike() throws Exception {
    try (Node node = node()) {
      String endpoint = "127.0.0.1:" + node.address().getPort();
      JsonNode hot = JSON.readTree(bench("-e", endpoint, "--hot-key", "0.5").out());
      assertRight(hot);
      assertThat(hot.at("/checked/keys").asLong()).isEqualTo(41);
      assertThat(hot.at("/ack_ms_hot/batches").asLong()).isPositive();
      assertThat(hot.at("/ack_ms_others/batches").asLong()).isPositive();
      assertRight(
          JSON.readTree(
              bench(
                      "-e",
                      endpoint,
                      "-w",
                      "T",
                      "--distribution",
                      "zipf",
                      "--samples-per-series",
                      "7",
                      "--series-per-batch",
                      "50",
                      "--connections",
                      "2",
                      "--in-flight",
                      "5000",
                      "--check-windows",
                      "20000")
                  .out()));
      JsonNode moving = JSON.readTree(bench("-e", endpoint, "--distribution", "moving").out());
      assertRight(moving);
      assertThat(moving.path("live_heap").isMissingNode()).isTrue();
    }
  }

  @Test
  void missingStreamIsSaidToBeMissing() {
    try (FakeServer server = FakeServer.start(new FakeStore())) {
      Cli cli = bench("-e", server.endpoint());
      assertThat(cli.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
      assertThat(cli.out()).isEmpty();
      assertThat(cli.err())
          .contains("the server has no stream bench-c", "window { sliding-count = 100 }");
    }
  }

  @Test
  void otherDefinitionIsSaidToBeAnother() {
    try (FakeServer server = FakeServer.start(new FakeStore(), 0, "bench-c")) {
      Cli cli = bench("-e", server.endpoint());
      assertThat(cli.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
      assertThat(cli.err()).contains("is another: its only window must be { sliding-count = 100 }");
    }
  }

  private Node node() throws Exception {
    String streams = new CountWorkload(100).definition() + new TimeWorkload(60).definition();
    return Node.start(
        Configuration.load(
            Optional.empty(),
            ConfigFactory.parseString("thalweg.streams {\n" + streams + "}")
                .withFallback(
                    ConfigFactory.parseMap(
                        Map.of("thalweg.data-dir", folder.toString(), "thalweg.grpc.port", 0)))));
  }

  private static void assertRight(JsonNode json) {
    assertThat(json.path("lost").asLong(-1)).isZero();
    assertThat(json.path("doubled").asLong(-1)).isZero();
    assertThat(json.path("wrong").asLong(-1)).isZero();
    assertThat(json.path("refused").asLong(-1)).isZero();
    assertThat(json.at("/checked/keys").asLong()).isBetween(40L, 41L);
    assertThat(json.at("/checked/samples").asLong()).isPositive();
  }

  private static Cli bench(String... arguments) {
    List<String> all = new ArrayList<>(List.of("bench"));
    all.addAll(List.of(arguments));
    all.addAll(SHORTLY);
    return Cli.run(all.toArray(String[]::new));
  }

  private JsonNode packaged(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(SHORTLY);
    return run(all.toArray(String[]::new));
  }

  private JsonNode run(String... arguments) throws Exception {
    String dist = Objects.requireNonNull(System.getProperty("thalweg.dist"));
    List<String> command = new ArrayList<>(List.of(Path.of(dist, "thalweg").toString()));
    command.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().put("THALWEG_HEAP", "512m");
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroy();
    }
    assertThat(process.exitValue()).as(Files.readString(err)).isZero();
    return JSON.readTree(Files.readString(out));
  }
}
