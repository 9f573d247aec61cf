package io.thalweg.cli.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Ports of the loopback. */
final class Ports {
  private Ports() {}

  /**
   * Sees to it that nobody listens at a port.
   *
   * @throws ClusterException that names the port
   */
  static void requireFree(int port) throws ClusterException {
    try {
      bind(port);
    } catch (IOException taken) {
      throw new ClusterException(
          "port " + port + " of 127.0.0.1 can't be had (" + taken.getMessage() + "); see --port");
    }
  }

  /** One that nobody listened at a moment ago. */
  static int anyFree() throws IOException {
    return bind(0);
  }

  private static int bind(int port) throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      // What a node that has just ended leaves behind is no hindrance for the next one.
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 1);
      return socket.getLocalPort();
    }
  }
}
