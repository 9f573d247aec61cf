package io.thalweg.faults;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Hosts of our own: network namespaces on a bridge, which can be cut from each other. Needs root
 * and {@code ip} (iproute2). What is cut is not told: packets vanish.
 */
final class Network implements AutoCloseable {
  private static final String BRIDGE = "thalweg0";
  private static final String PREFIX = "10.77.0.";

  /** Where the test's own clients are. */
  static final String CLIENTS = PREFIX + 1;

  /** Where PostgreSQL listens. */
  static final String POSTGRES = PREFIX + 2;

  private final List<String> namespaces = new ArrayList<>();

  private Network() {}

  static Network create(int hosts) throws IOException, InterruptedException {
    Network network = new Network();
    network.removeLeftovers(hosts);
    Shell.run("ip", "link", "add", BRIDGE, "type", "bridge");
    Shell.run("ip", "addr", "add", CLIENTS + "/24", "dev", BRIDGE);
    Shell.run("ip", "addr", "add", POSTGRES + "/24", "dev", BRIDGE);
    Shell.run("ip", "link", "set", BRIDGE, "up");
    for (int i = 0; i < hosts; i++) {
      network.addHost(i);
    }
    return network;
  }

  String namespace(int host) {
    return "thalweg-" + host;
  }

  String address(int host) {
    return PREFIX + (11 + host);
  }

  /** What a host sends to an address vanishes. */
  void cut(int host, String address) throws IOException, InterruptedException {
    in(host, "ip", "route", "add", "blackhole", address + "/32");
    confirmCut(host, address);
  }

  /** Neither host hears of the other. */
  void cutBothWays(int host, int other) throws IOException, InterruptedException {
    cut(host, address(other));
    cut(other, address(host));
  }

  void heal() throws IOException, InterruptedException {
    for (int i = 0; i < namespaces.size(); i++) {
      in(i, "ip", "route", "flush", "type", "blackhole");
    }
  }

  private void confirmCut(int host, String address) throws IOException, InterruptedException {
    String route =
        Shell.run(
            "ip", "netns", "exec", namespace(host), "ip", "route", "show", "type", "blackhole");
    if (!route.contains(address)) {
      throw new IOException(address + " was not cut from host " + host + ": " + route);
    }
  }

  private void addHost(int host) throws IOException, InterruptedException {
    String name = namespace(host);
    String outside = "thv" + host;
    Shell.run("ip", "netns", "add", name);
    namespaces.add(name);
    Shell.run("ip", "link", "add", outside, "type", "veth", "peer", "name", "eth0", "netns", name);
    Shell.run("ip", "link", "set", outside, "master", BRIDGE, "up");
    in(host, "ip", "addr", "add", address(host) + "/24", "dev", "eth0");
    in(host, "ip", "link", "set", "eth0", "up");
    in(host, "ip", "link", "set", "lo", "up");
  }

  private void in(int host, String... command) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", namespace(host)));
    all.addAll(List.of(command));
    Shell.run(all.toArray(String[]::new));
  }

  /** Of a run that was killed before it could clean up. */
  private void removeLeftovers(int hosts) throws InterruptedException {
    for (int i = 0; i < hosts; i++) {
      quietly("ip", "netns", "del", namespace(i));
      quietly("ip", "link", "del", "thv" + i);
    }
    quietly("ip", "link", "del", BRIDGE);
  }

  private static void quietly(String... command) throws InterruptedException {
    try {
      Shell.run(command);
    } catch (IOException nothingThere) {
      // as it should be
    }
  }

  @Override
  public void close() throws InterruptedException {
    removeLeftovers(namespaces.size());
  }
}
