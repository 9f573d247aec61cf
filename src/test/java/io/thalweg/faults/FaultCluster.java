package io.thalweg.faults;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Nodes on one PostgreSQL. */
final class FaultCluster implements AutoCloseable {
  static final String STREAM = "s";

  private static final Path KEPT_LOGS = Path.of("target", "faults");
  private static final Duration HTTP_MAX = Duration.ofSeconds(5);

  static final String STREAMS =
      """
      thalweg.streams.s {
        window { sliding-count = 100 }
        detector { z-score { threshold = 8, min-samples = 30 } }
      }
      """;

  private final Path config;
  private final PostgresProcess postgres;
  private final List<ClusterNode> nodes = new ArrayList<>();

  /**
   * What a cluster is made of.
   *
   * @param folder of its own
   * @param hosts where nodes may run
   * @param config of its streams, and more if need be
   * @param databases where each host finds the database
   * @param environment of each node, beside ours
   */
  record Plan(
      Path folder,
      PostgresProcess postgres,
      List<NodeHost> hosts,
      String config,
      List<String> databases,
      Map<String, String> environment) {

    static Plan of(Path folder, PostgresProcess postgres, List<NodeHost> hosts) {
      List<String> databases = Collections.nCopies(hosts.size(), postgres.url());
      return new Plan(folder, postgres, hosts, STREAMS, databases, Map.of());
    }
  }

  FaultCluster(Plan plan) throws IOException {
    this.postgres = plan.postgres();
    this.config = Files.writeString(plan.folder().resolve("thalweg.conf"), plan.config());
    List<NodeHost> hosts = plan.hosts();
    String seeds = hosts.stream().limit(3).map(NodeHost::seed).collect(Collectors.joining(","));
    for (int i = 0; i < hosts.size(); i++) {
      Path own = plan.folder().resolve("node-" + i);
      Map<String, String> environment =
          environment(hosts.get(i), seeds, own, plan.databases().get(i));
      environment.putAll(plan.environment());
      environment.replaceAll((name, value) -> value.replace("{node}", own.toString()));
      nodes.add(new ClusterNode(hosts.get(i), own, environment));
    }
  }

  static FaultCluster onLoopback(Path folder, int count) throws Exception {
    List<NodeHost> hosts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      hosts.add(NodeHost.loopback());
    }
    Path data = folder.resolve("postgres");
    return start(
        Plan.of(folder, PostgresProcess.start(data, "127.0.0.1", freePort()), hosts), count);
  }

  static FaultCluster in(Network network, Path folder, int count) throws Exception {
    List<NodeHost> hosts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      hosts.add(NodeHost.in(network, i));
    }
    Path data = folder.resolve("postgres");
    return start(
        Plan.of(folder, PostgresProcess.start(data, network.postgres(), freePort()), hosts), count);
  }

  /** Starts the first so many of the nodes, and waits until they serve. */
  static FaultCluster start(Plan plan, int count) throws Exception {
    FaultCluster cluster = new FaultCluster(plan);
    try {
      cluster.startFirst(count);
      return cluster;
    } catch (Exception failure) {
      cluster.close();
      throw failure;
    }
  }

  /** The same, of a cluster that somebody else closes. */
  void startFirst(int count) throws Exception {
    for (ClusterNode node : nodes.subList(0, count)) {
      start(node);
    }
    for (ClusterNode node : nodes.subList(0, count)) {
      node.awaitServing();
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

  /** How many members a node knows that are up. */
  int members(ClusterNode asked) throws Exception {
    int up = 0;
    for (JsonNode member : membership(asked).path("members")) {
      up += member.path("status").asText().equals("Up") ? 1 : 0;
    }
    return up;
  }

  /** Where the coordinator of the shards is. */
  ClusterNode oldest() throws Exception {
    String oldest = membership(nodes.getFirst()).path("oldest").asText();
    return nodes.stream()
        .filter(node -> oldest.endsWith("@" + node.host().seed()))
        .findFirst()
        .orElseThrow(() -> new IOException("no node of ours is the oldest: " + oldest));
  }

  private static JsonNode membership(ClusterNode asked) throws Exception {
    NodeHost host = asked.host();
    URI members =
        URI.create("http://%s:%d/cluster/members".formatted(host.address(), host.managementPort()));
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request = HttpRequest.newBuilder(members).timeout(HTTP_MAX).build();
      String body = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return new ObjectMapper().readTree(body);
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
      if (!Files.exists(node.log())) {
        continue; // never started
      }
      try (var lines = Files.lines(node.log())) {
        fenced += lines.filter(line -> line.contains("fenced:")).count();
      }
    }
    return fenced;
  }

  private Map<String, String> environment(
      NodeHost host, String seeds, Path folder, String database) {
    Map<String, String> environment = new HashMap<>();
    environment.put("THALWEG_HEAP", "512m");
    environment.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    environment.put("THALWEG_JOURNAL", "postgres");
    environment.put("THALWEG_POSTGRES_URL", database);
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

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Where they are found after the test, whatever it came to. */
  private void keepLogs() throws IOException {
    for (ClusterNode node : nodes) {
      Path kept = Files.createDirectories(KEPT_LOGS).resolve(node.host().seed() + ".log");
      if (!Files.exists(node.log())) {
        continue; // never started
      }
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
