package io.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code cluster} of the packaged distribution, as a user starts and ends it. */
@Timeout(300)
class ClusterCommandIT {
  private static final Path LAUNCHER =
      Path.of(System.getProperty("thalweg.dist"), "thalweg").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final int STEP = 10;
  private static final int PORTS = 23; // of three nodes, from the first to the last

  @TempDir Path folder;

  private final List<ProcessHandle> started = new ArrayList<>();
  private int port;

  @BeforeEach
  void findPorts() {
    port = freePorts();
  }

  @AfterEach
  void leaveNothing() {
    started.forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void runsThreeNodesUntilItIsAskedToStopAndKeepsTheirData() throws Exception {
    Process cluster = start("--nodes", "3");
    awaitReady(cluster);
    assertThat(Files.readString(out()))
        .contains("node-1  127.0.0.1:" + port)
        .contains("node-3  127.0.0.1:" + (port + 2 * STEP));

    Path samples = Files.writeString(folder.resolve("samples.csv"), "key,value\na,1\nb,2\nc,3\n");
    Cli ingest = Cli.run("ingest", samples.toString(), "-s", "payments", "-e", node(0));
    assertThat(ingest.exitCode()).as(ingest.err()).isZero();
    assertThat(get("b", node(2)).path("total").path("mean").asDouble()).isEqualTo(2);
    assertThreeUp(node(1));

    List<ProcessHandle> processes = processes(cluster);
    assertThat(processes).hasSizeGreaterThan(4);
    cluster.destroy();
    assertThat(cluster.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(cluster.exitValue()).as(log()).isZero();
    assertAllEnd(processes);
    assertThat(log().lastIndexOf("Remoting shut down"))
        .isPositive()
        .isLessThan(log().indexOf("received fast shutdown request"));

    Process again = start("--nodes", "1");
    awaitReady(again);
    assertThat(get("c", node(0)).path("version").asLong()).isEqualTo(1);

    List<ProcessHandle> orphans = processes(again);
    again.destroyForcibly().waitFor();
    assertAllEnd(orphans);
  }

  @Test
  void endsWithAllItsProcessesWhenANodeCannotStart() throws Exception {
    Path wrong = Files.writeString(folder.resolve("wrong.conf"), "thalweg.grpc.prot = 1\n");
    Process cluster = start("--nodes", "2", "--config", wrong.toString());
    Set<ProcessHandle> processes = new HashSet<>();
    while (!cluster.waitFor(20, TimeUnit.MILLISECONDS)) {
      processes.addAll(processes(cluster));
    }
    assertThat(cluster.exitValue()).isEqualTo(ExitCode.FAILED);
    assertThat(log())
        .contains("there is no such setting")
        .containsPattern("thalweg: node-[12] has ended with code 1; its log says why");
    assertThat(processes).isNotEmpty();
    assertAllEnd(processes);
  }

  private static void assertAllEnd(Collection<ProcessHandle> processes) throws Exception {
    for (ProcessHandle process : processes) {
      process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private void assertThreeUp(String endpoint) throws Exception {
    JsonNode nodes = awaitReports(endpoint);
    assertThat(nodes).hasSize(3);
    long samples = 0;
    long events = 0;
    for (int i = 0; i < 3; i++) {
      JsonNode node = nodes.path(i);
      assertThat(node.path("address").asText()).isEqualTo("127.0.0.1:" + (port + 1 + i * STEP));
      assertThat(node.path("member_status").asText()).isEqualTo("up");
      assertThat(node.path("reachable").asBoolean()).isTrue();
      assertThat(node.at("/report/grpc_address").asText()).isEqualTo(node(i));
      assertThat(node.at("/report/journal/store").asText()).isEqualTo("postgres");
      assertThat(node.at("/report/journal/writable").asBoolean()).isTrue();
      samples += node.at("/report/route/samples").asLong();
      events += node.at("/report/journal/events").asLong();
    }
    assertThat(samples).isEqualTo(3);
    assertThat(events).isEqualTo(3);
  }

  /** Nodes that have just started hear of each other's reporters one by one. */
  private static JsonNode awaitReports(String endpoint) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Cli status = Cli.run("status", "-o", "json", "-e", endpoint);
      assertThat(status.exitCode()).as(status.err()).isZero();
      JsonNode nodes = new JsonMapper().readTree(status.out()).path("nodes");
      long reports = 0;
      for (JsonNode node : nodes) {
        reports += node.path("report").isObject() ? 1 : 0;
      }
      if (reports == 3 || System.nanoTime() > deadline) {
        return nodes;
      }
      Thread.sleep(100);
    }
  }

  private JsonNode get(String key, String endpoint) throws IOException {
    Cli get = Cli.run("get", key, "-s", "payments", "-o", "json", "-e", endpoint);
    assertThat(get.exitCode()).as(get.err()).isZero();
    return new JsonMapper().readTree(get.out());
  }

  private String node(int index) {
    return "127.0.0.1:" + (port + index * STEP);
  }

  private Process start(String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of(LAUNCHER.toString(), "cluster"));
    command.addAll(List.of("--port", String.valueOf(port)));
    command.addAll(List.of("--data", folder.resolve("cluster").toString(), "--heap", "256m"));
    command.addAll(List.of(options));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(out().toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    Process cluster = builder.start();
    started.add(cluster.toHandle());
    return cluster;
  }

  private void awaitReady(Process cluster) throws Exception {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.readString(out()).contains("Ctrl-C stops all.")) {
      assertThat(cluster.isAlive()).as(log()).isTrue();
      assertThat(System.nanoTime()).as(log()).isLessThan(deadline);
      Thread.sleep(50);
    }
  }

  private List<ProcessHandle> processes(Process cluster) {
    List<ProcessHandle> all = cluster.descendants().toList();
    started.addAll(all);
    return all;
  }

  private Path out() {
    return folder.resolve("out");
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("err"));
  }

  /** Below those that the system gives to whoever wants any. */
  private static int freePorts() {
    RandomGenerator random = RandomGenerator.getDefault();
    return Stream.generate(() -> random.nextInt(12_000, 30_000))
        .limit(1_000)
        .filter(ClusterCommandIT::areFree)
        .findFirst()
        .orElseThrow();
  }

  private static boolean areFree(int first) {
    for (int each = first; each < first + PORTS; each++) {
      try (ServerSocket free = new ServerSocket(each, 1, InetAddress.getLoopbackAddress())) {
        assertThat(free.isBound()).isTrue();
      } catch (IOException taken) {
        return false;
      }
    }
    return true;
  }
}
