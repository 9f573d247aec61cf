package io.thalweg.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.thalweg.journal.postgres.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Nodes in this process that form a cluster on one PostgreSQL. */
final class TestCluster implements AutoCloseable {
  private final String schema = TestPostgres.newSchema();
  private final String settings;
  private final List<Integer> seedPorts = List.of(freePort(), freePort());
  private final List<TestNode> nodes = new ArrayList<>();

  private TestCluster(String settings) {
    this.settings = settings;
  }

  /**
   * @param settings in HOCON, which win over the others
   */
  static TestCluster start(int nodes, String settings) throws Exception {
    TestCluster cluster = new TestCluster(settings);
    try {
      for (int i = 0; i < nodes; i++) {
        cluster.join();
      }
      return cluster;
    } catch (Exception | Error failure) {
      cluster.close();
      throw failure;
    }
  }

  TestNode node(int index) {
    return nodes.get(index);
  }

  /** One more node. */
  TestNode join() throws Exception {
    TestNode node =
        TestNode.start(config(nodes.size() < seedPorts.size() ? seedPorts.get(nodes.size()) : 0));
    nodes.add(node);
    return node;
  }

  /** How a node of it is configured. */
  Config config(int port) {
    return ConfigFactory.parseString(settings)
        .withFallback(
            ConfigFactory.parseString(
                """
                thalweg.cluster { discovery = seeds, seed-nodes = "127.0.0.1:%d,127.0.0.1:%d", port = %d }
                thalweg.management.port = 0
                pekko.cluster.seed-node-timeout = 1s
                pekko.cluster.jmx.enabled = off
                """
                    .formatted(seedPorts.get(0), seedPorts.get(1), port)))
        .withFallback(TestPostgres.config(schema));
  }

  /** It leaves the cluster in order. */
  void leave(int index) {
    nodes.get(index).close();
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    nodes.reversed().parallelStream().forEach(TestNode::close);
  }
}
