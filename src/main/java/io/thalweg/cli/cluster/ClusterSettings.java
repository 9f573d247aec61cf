package io.thalweg.cli.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What cluster is wanted.
 *
 * @param nodes how many
 * @param port where the first node's gRPC listens; its remoting and management use the next two
 *     ports, and each further node listens 10 above the one before
 * @param postgresPort where PostgreSQL listens; 0: any free port
 * @param folder where PostgreSQL and its data are
 * @param heap of each node, as the JVM takes it
 * @param config the nodes' configuration file; empty: the usual one
 * @param quiet whether the nodes log warnings only
 */
public record ClusterSettings(
    int nodes,
    int port,
    int postgresPort,
    Path folder,
    String heap,
    Optional<Path> config,
    boolean quiet) {

  /** More on one machine only take turns. */
  public static final int NODES_MAX = 7;

  private static final int STEP = 10;
  private static final int PORTS_OF_A_NODE = 3;
  private static final int PORT_MAX = 65_535;
  private static final Pattern HEAP = Pattern.compile("[1-9][0-9]*[kKmMgG]");

  public ClusterSettings {
    if (nodes < 1 || nodes > NODES_MAX) {
      throw new IllegalArgumentException("--nodes must be 1 to " + NODES_MAX + ", not " + nodes);
    }
    int portMax = PORT_MAX - (nodes - 1) * STEP - (PORTS_OF_A_NODE - 1);
    if (port < 1 || port > portMax) {
      throw new IllegalArgumentException(
          "--port must be 1 to " + portMax + " for " + nodes + " nodes, not " + port);
    }
    if (postgresPort < 0 || postgresPort > PORT_MAX) {
      throw new IllegalArgumentException(
          "--postgres-port must be 0 to " + PORT_MAX + ", not " + postgresPort);
    }
    if (!HEAP.matcher(heap).matches()) {
      throw new IllegalArgumentException("--heap must be a size like 512m, not " + heap);
    }
  }

  /** The nodes, from the first on. */
  List<NodeAddress> addresses() {
    return IntStream.range(0, nodes)
        .mapToObj(i -> new NodeAddress("node-" + (i + 1), port + i * STEP))
        .toList();
  }

  /**
   * Where a node listens on the loopback.
   *
   * @param name of the node
   * @param grpcPort the first of its three ports
   */
  public record NodeAddress(String name, int grpcPort) {
    private static final String HOST = "127.0.0.1";

    public String grpc() {
      return HOST + ":" + grpcPort;
    }

    int remotingPort() {
      return grpcPort + 1;
    }

    String remoting() {
      return HOST + ":" + remotingPort();
    }

    int managementPort() {
      return grpcPort + 2;
    }

    public String management() {
      return "http://" + HOST + ":" + managementPort();
    }

    List<Integer> ports() {
      return IntStream.range(grpcPort, grpcPort + PORTS_OF_A_NODE).boxed().toList();
    }
  }
}
