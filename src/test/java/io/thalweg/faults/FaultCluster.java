package io.thalweg.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Nodes on one PostgreSQL. */
final class FaultCluster implements AutoCloseable {
  static final String STREAM = "s";

  private static final Path KEPT_LOGS = Path.of("target", "faults");
  private static final Duration HTTP_MAX = Duration.ofSeconds(5);

  private static final String STREAMS =
      """
      thalweg.streams.s {
        window { sliding-count = 100 }
        detector { z-score { threshold = 8, min-samples = 30 } }
      }
      """;

  private final Path config;
  private final PostgresProcess postgres;
  private final List<ClusterNode> nodes = new ArrayList<>();

  private FaultCluster(Path folder, PostgresProcess postgres, List<NodeHost> hosts)
      throws IOException {
    this.postgres = postgres;
    this.config = Files.writeString(folder.resolve("thalweg.conf"), STREAMS);
    String seeds = hosts.stream().map(NodeHost::seed).collect(Collectors.joining(","));
    for (int i = 0; i < hosts.size(); i++) {
      Path own = folder.resolve("node-" + i);
      nodes.add(new ClusterNode(hosts.get(i), own, environment(hosts.get(i), seeds, own)));
    }
  }

  static FaultCluster onLoopback(Path folder, int count) throws Exception {
    List<NodeHost> hosts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      hosts.add(NodeHost.loopback());
    }
    return start(
        folder, PostgresProcess.start(folder.resolve("postgres"), "127.0.0.1", freePort()), hosts);
  }

  static FaultCluster in(Network network, Path folder, int count) throws Exception {
    List<NodeHost> hosts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      hosts.add(NodeHost.in(network, i));
    }
    return start(
        folder,
        PostgresProcess.start(folder.resolve("postgres"), Network.POSTGRES, freePort()),
        hosts);
  }

  private static FaultCluster start(Path folder, PostgresProcess postgres, List<NodeHost> hosts)
      throws Exception {
    FaultCluster cluster = new FaultCluster(folder, postgres, hosts);
    try {
      for (ClusterNode node : cluster.nodes) {
        cluster.start(node);
      }
      cluster.awaitServing();
      return cluster;
    } catch (Exception failure) {
      cluster.close();
      throw failure;
    }
  }

  void start(ClusterNode node) throws IOException {
    node.start(config);
  }

  void awaitServing() throws Exception {
    for (ClusterNode node : nodes) {
      node.awaitServing();
    }
  }

  List<ClusterNode> nodes() {
    return nodes;
  }

  ClusterNode node(int index) {
    return nodes.get(index);
  }

  /** All but one. */
  List<ClusterNode> others(ClusterNode one) {
    return nodes.stream().filter(node -> node != one).toList();
  }

  /** Where the coordinator of the shards is. */
  ClusterNode oldest() throws Exception {
    NodeHost host = nodes.getFirst().host();
    URI members =
        URI.create("http://%s:%d/cluster/members".formatted(host.address(), host.managementPort()));
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(members).timeout(HTTP_MAX).build();
      String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      String oldest = new ObjectMapper().readTree(body).path("oldest").asText();
      return nodes.stream()
          .filter(node -> oldest.endsWith("@" + node.host().seed()))
          .findFirst()
          .orElseThrow(() -> new IOException("no node of ours is the oldest: " + body));
    }
  }

  PostgresProcess postgres() {
    return postgres;
  }

  /** For a client: those of some nodes, the first one first. */
  static String endpoints(List<ClusterNode> nodes) {
    return nodes.stream().map(node -> node.host().endpoint()).collect(Collectors.joining(","));
  }

  /** How often the nodes have said that writes of theirs were fenced. */
  long fencedFlushes() throws IOException {
    long fenced = 0;
    for (ClusterNode node : nodes) {
      try (var lines = Files.lines(node.log())) {
        fenced += lines.filter(line -> line.contains("fenced:")).count();
      }
    }
    return fenced;
  }

  private Map<String, String> environment(NodeHost host, String seeds, Path folder) {
    Map<String, String> environment = new HashMap<>();
    environment.put("THALWEG_HEAP", "512m");
    environment.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    environment.put("THALWEG_JOURNAL", "postgres");
    environment.put("THALWEG_POSTGRES_URL", postgres.url());
    environment.put("THALWEG_POSTGRES_USER", "postgres");
    environment.put("THALWEG_POSTGRES_PASSWORD", "unused");
    environment.put("THALWEG_CLUSTER_DISCOVERY", "seeds");
    environment.put("THALWEG_SEED_NODES", seeds);
    environment.put("THALWEG_CLUSTER_HOST", host.address());
    environment.put("THALWEG_CLUSTER_PORT", Integer.toString(host.clusterPort()));
    environment.put("THALWEG_GRPC_HOST", host.address());
    environment.put("THALWEG_GRPC_PORT", Integer.toString(host.grpcPort()));
    environment.put("THALWEG_MANAGEMENT_HOST", host.address());
    environment.put("THALWEG_MANAGEMENT_PORT", Integer.toString(host.managementPort()));
    environment.put("THALWEG_DATA_DIR", folder.resolve("data").toString());
    return environment;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Where they are found after the test, whatever it came to. */
  private void keepLogs() throws IOException {
    for (ClusterNode node : nodes) {
      Path kept = Files.createDirectories(KEPT_LOGS).resolve(node.host().seed() + ".log");
      Files.copy(node.log(), kept, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public void close() throws Exception {
    for (ClusterNode node : nodes) {
      node.close();
    }
    keepLogs();
    postgres.close();
  }
}
