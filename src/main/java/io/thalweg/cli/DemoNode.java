package io.thalweg.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import io.thalweg.client.Endpoint;
import io.thalweg.node.Configuration;
import io.thalweg.node.Node;
import io.thalweg.node.NodeStartException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;

/** The node that the demonstration starts, in this process. */
final class DemoNode {
  static final String STREAM = "demo";

  private static final String SETTINGS =
      """
      thalweg.streams.demo {
        window { sliding-count = 288 }
        detector { surprise {} }
      }
      """;

  private DemoNode() {}

  /**
   * Starts it.
   *
   * @param folder where it keeps its data
   * @param port where it listens; 0: any free one
   * @param more settings beside the stream's: HOCON
   */
  static Node start(Path folder, int port, String more) throws NodeStartException {
    Config settings =
        ConfigFactory.parseString(SETTINGS + more)
            .withValue("thalweg.data-dir", ConfigValueFactory.fromAnyRef(folder.toString()))
            .withValue("thalweg.grpc.port", ConfigValueFactory.fromAnyRef(port));
    return Node.start(Configuration.load(Optional.empty(), settings));
  }

  /** Where clients of this machine reach it. */
  static String endpoint(Node node) {
    InetSocketAddress address = node.address();
    boolean any = address.getAddress() == null || address.getAddress().isAnyLocalAddress();
    return new Endpoint(
            any ? "127.0.0.1" : address.getAddress().getHostAddress(), address.getPort())
        .toString();
  }
}
