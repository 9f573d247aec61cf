package io.thalweg.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

/**
 * Where a node runs.
 *
 * @param address where it can be reached
 * @param enter what its command is led by, to run there
 */
record NodeHost(
    String address, int grpcPort, int clusterPort, int managementPort, List<String> enter) {

  /** Any free ports of this machine. */
  static NodeHost loopback() throws IOException {
    try (ServerSocket a = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket b = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        ServerSocket c = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new NodeHost(
          "127.0.0.1", a.getLocalPort(), b.getLocalPort(), c.getLocalPort(), List.of());
    }
  }

  /** A namespace of its own. */
  static NodeHost in(Network network, int host) {
    return new NodeHost(
        network.address(host),
        7470,
        7471,
        7472,
        List.of("ip", "netns", "exec", network.namespace(host)));
  }

  String endpoint() {
    return address + ":" + grpcPort;
  }

  String seed() {
    return address + ":" + clusterPort;
  }
}
