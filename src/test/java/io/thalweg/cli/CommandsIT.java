package io.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.thalweg.client.FakeServer;
import io.thalweg.client.FakeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a server on the loopback. */
@Timeout(60)
class CommandsIT {
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path folder;

  private final FakeStore store = new FakeStore();
  private final FakeServer server = FakeServer.start(store);

  @BeforeEach
  void fill() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("fill.csv"),
            "key,time,value\na,1000,1\na,2000,3\nb,1000,5000\nb|c,1000,7\n");
    assertThat(run("ingest", file.toString()).exitCode()).isZero();
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aKeyIsShownAsText() {
    Cli get = run("get", "a");
    assertThat(get.exitCode()).isZero();
    assertThat(get.out().lines())
        .containsExactly(
            "key        a",
            "stream     demo",
            "version    1",
            "total      n 2  mean 2  deviation 1  min 1  max 3",
            "late       0",
            "anomalies  0");
  }

  @Test
  void aKeyIsShownAsJson() throws IOException {
    JsonNode json = JSON.readTree(run("get", "a", "-o", "json").out());
    assertThat(json.path("version").asLong()).isEqualTo(1);
    assertThat(json.path("total").path("count").asLong()).isEqualTo(2);
    assertThat(json.path("total").path("variance").asDouble()).isEqualTo(1);
  }

  @Test
  void keysAreListed() throws IOException {
    assertThat(run("keys").out()).isEqualToNormalizingNewlines("a\nb\nb|c\n");
    assertThat(run("keys", "--prefix", "b").out()).isEqualToNormalizingNewlines("b\nb|c\n");
    assertThat(JSON.readTree(run("keys", "-o", "json").out()).path("keys")).hasSize(3);
  }

  @Test
  void historyIsOneDocumentALine() throws IOException {
    assertThat(run("history", "b").out())
        .isEqualToNormalizingNewlines(
            "b  v1  anomaly  1970-01-01T00:00:01Z  5000  score 50 over 6"
                + "  against n 100  mean 1  deviation 2  min 0  max 0\n");
    List<String> lines = run("history", "b", "--states", "-o", "json").out().lines().toList();
    assertThat(lines).hasSize(2);
    JsonNode anomaly = JSON.readTree(lines.getFirst());
    assertThat(anomaly.path("type").asText()).isEqualTo("anomaly");
    JsonNode sample = anomaly.path("anomaly").path("sample");
    assertThat(sample.path("time").asText()).isEqualTo("1970-01-01T00:00:01Z");
    assertThat(sample.path("time_unix_nano").asLong()).isEqualTo(1_000_000_000L);
    assertThat(run("history", "b", "--states", "--anomalies").out().lines()).hasSize(1);
  }

  @Test
  void streamsAreListed() throws IOException {
    assertThat(run("streams").out().lines())
        .containsExactly(
            "STREAM                WINDOW  DISORDER  LATENESS   IDLE  STATISTICS  DETECTOR",
            "demo    the last 288 samples        0s        0s  never       basic  none");
    JsonNode json = JSON.readTree(run("streams", "-o", "json").out());
    assertThat(json.at("/streams/0/window/sliding_count/size").asInt()).isEqualTo(288);
  }

  @Test
  void whatIsNotThereEndsWithThree() {
    Cli get = run("get", "x");
    assertThat(get.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(get.err()).contains("no key 'x'").doesNotContain("at io.");
    assertThat(run("get", "a", "--stream", "other").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(run("watch", "a", "--stream", "other").exitCode()).isEqualTo(ExitCode.NOT_FOUND);
  }

  @Test
  void anUnreachableServerEndsWithFour() {
    Cli get = Cli.run("get", "a", "-e", "127.0.0.1:1", "--timeout", "1", "-s", "demo");
    assertThat(get.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(get.err()).contains("127.0.0.1:1").contains("Connection refused");
  }

  @Test
  void severalStreamsAreNamed() {
    try (FakeServer several = FakeServer.start(store, 0, "one", "two")) {
      Cli get = Cli.run("get", "a", "-e", several.endpoint());
      assertThat(get.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(get.err()).contains("--stream is needed: the server has one, two");
    }
  }

  @Test
  void aSecondIngestionReportsDuplicates() throws IOException {
    Path file = folder.resolve("fill.csv");
    assertThat(run("ingest", file.toString()).out().lines())
        .containsExactly(
            "FILE      LINES  RECORDED  DUPLICATE  LATE  REJECTED  MALFORMED",
            "fill.csv      4         0          4     0         0          0");
    JsonNode json = JSON.readTree(run("ingest", file.toString(), "-o", "json").out());
    assertThat(json.at("/files/0/duplicate").asLong()).isEqualTo(4);
  }

  @Test
  void malformedAndRefusedLinesEndWithFive() throws IOException {
    Path file = Files.writeString(folder.resolve("bad.csv"), "key,value\nz,1\nz,x\nz,-1\nz,2\n");
    Cli stop = run("ingest", file.toString());
    assertThat(stop.exitCode()).isEqualTo(ExitCode.REJECTED);
    assertThat(stop.err())
        .contains("bad.csv:3: value 'x' is not a number")
        .contains("stopped there");
    assertThat(store.values("z")).containsExactly(1.0);
    Cli skip = run("ingest", file.toString(), "--on-error", "skip");
    assertThat(skip.exitCode()).isEqualTo(ExitCode.REJECTED);
    assertThat(skip.err()).contains("bad.csv:4: refused: INVALID_ARGUMENT: negative");
    assertThat(store.values("z")).containsExactly(1.0, 2.0);
  }

  @Test
  void aMissingFileIsNamedBeforeAnythingIsSent() {
    Cli ingest = run("ingest", folder.resolve("fill.csv").toString(), "missing.csv");
    assertThat(ingest.exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(ingest.err()).contains("no such file: missing.csv");
    assertThat(ingest.out()).isEmpty();
  }

  private Cli run(String... args) {
    return Cli.run(
        Stream.concat(Stream.of(args), Stream.of("-e", server.endpoint())).toArray(String[]::new));
  }
}
