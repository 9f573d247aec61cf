package io.thalweg.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How a node finds the others, {@code thalweg.cluster}.
 *
 * @param discovery how it finds them
 * @param host the name under which the others reach it
 * @param port the same; 0: any free one
 * @param seedNodes those that are asked to let it in
 * @param service what DNS or Kubernetes calls the nodes
 * @param namespace of Kubernetes; empty: this node's own
 * @param nodesMin so many must be found before they form a new cluster
 * @param shards into how many parts the keys fall
 * @param appVersion of the program; empty: that of its jar
 * @param joinTimeout a node that has not become a member within it gives up
 */
record ClusterSettings(
    Discovery discovery,
    String host,
    int port,
    List<HostAndPort> seedNodes,
    String service,
    String namespace,
    int nodesMin,
    int shards,
    String appVersion,
    Duration joinTimeout) {

  /** How a node finds the others. */
  enum Discovery {
    /** It doesn't: it is a cluster of its own. */
    NONE,
    /** It knows some of them by name. */
    SEEDS,
    /** A name in DNS has an address for each. */
    DNS,
    /** The API of Kubernetes lists their pods. */
    KUBERNETES;

    /** Whether nodes find each other over their management ports. */
    boolean isBootstrap() {
      return this == DNS || this == KUBERNETES;
    }
  }

  private static final int SHARDS_MAX = 9_973;

  ClusterSettings {
    if (host.isBlank()) {
      throw new IllegalArgumentException("thalweg.cluster.host is empty");
    }
    HostAndPort.requirePort("thalweg.cluster.port", port);
    if (discovery == Discovery.SEEDS && seedNodes.isEmpty()) {
      throw new IllegalArgumentException(
          "thalweg.cluster.discovery is seeds, and thalweg.cluster.seed-nodes names none");
    }
    if (discovery != Discovery.SEEDS && !seedNodes.isEmpty()) {
      throw new IllegalArgumentException(
          "thalweg.cluster.seed-nodes is for thalweg.cluster.discovery = seeds, and that is "
              + discovery.name().toLowerCase(Locale.ROOT));
    }
    if (discovery.isBootstrap() && service.isBlank()) {
      throw new IllegalArgumentException("thalweg.cluster.service is empty");
    }
    if (nodesMin < 1) {
      throw new IllegalArgumentException(
          "thalweg.cluster.nodes-min must be at least 1: " + nodesMin);
    }
    if (shards < 2 || shards > SHARDS_MAX || !isPrime(shards)) {
      throw new IllegalArgumentException(
          "thalweg.cluster.shards must be a prime from 2 to %d: %d".formatted(SHARDS_MAX, shards));
    }
    if (joinTimeout.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException(
          "thalweg.cluster.join-timeout must be at least 1 s: " + joinTimeout);
    }
  }

  static ClusterSettings from(Config config) {
    Config c = config.getConfig("thalweg.cluster");
    return new ClusterSettings(
        discovery(c.getString("discovery")),
        c.getString("host"),
        c.getInt("port"),
        seedNodes(c),
        c.getString("service"),
        c.getString("namespace"),
        c.getInt("nodes-min"),
        c.getInt("shards"),
        c.getString("app-version"),
        c.getDuration("join-timeout"));
  }

  /** Whether it may have other nodes beside it. */
  boolean isClustered() {
    return discovery != Discovery.NONE;
  }

  private static Discovery discovery(String name) {
    return Stream.of(Discovery.values())
        .filter(d -> d.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "thalweg.cluster.discovery must be none, seeds, dns or kubernetes: " + name));
  }

  /** A list, or one text with commas, as an environment variable has it. */
  private static List<HostAndPort> seedNodes(Config c) {
    List<String> texts =
        c.getValue("seed-nodes").valueType() == ConfigValueType.LIST
            ? c.getStringList("seed-nodes")
            : List.of(c.getString("seed-nodes").split(","));
    return texts.stream()
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .map(text -> HostAndPort.parse("thalweg.cluster.seed-nodes", text))
        .toList();
  }

  private static boolean isPrime(int number) {
    for (int divisor = 2; (long) divisor * divisor <= number; divisor++) {
      if (number % divisor == 0) {
        return false;
      }
    }
    return number > 1;
  }
}
