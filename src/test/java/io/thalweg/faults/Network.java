package io.thalweg.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Hosts of our own: network namespaces on a bridge, which can be cut from each other. Needs root
 * and {@code ip} (iproute2). What is cut is not told: packets vanish.
 */
final class Network implements AutoCloseable {
  private static final int MAX = 16;

  private final int number;
  private final String bridge;
  private final String prefix;
  private final List<String> namespaces = new ArrayList<>();

  private Network(int number) {
    this.number = number;
    this.bridge = "thalweg" + number;
    this.prefix = "10.77." + number + ".";
  }

  /** Whether this machine lets us. */
  static boolean isPossible() {
    return System.getProperty("user.name").equals("root")
        && List.of("/sbin/ip", "/usr/sbin/ip", "/bin/ip", "/usr/bin/ip").stream()
            .anyMatch(ip -> Files.isExecutable(Path.of(ip)));
  }

  static Network create(int hosts) throws IOException, InterruptedException {
    return create(0, hosts);
  }

  /**
   * @param number from 0 to 15: those with different numbers may exist at a time
   */
  static Network create(int number, int hosts) throws IOException, InterruptedException {
    if (number < 0 || number >= MAX) {
      throw new IllegalArgumentException("network " + number + " is not one of 0 to " + (MAX - 1));
    }
    Network network = new Network(number);
    network.removeLeftovers(hosts);
    Shell.run("ip", "link", "add", network.bridge, "type", "bridge");
    Shell.run("ip", "addr", "add", network.clients() + "/24", "dev", network.bridge);
    Shell.run("ip", "addr", "add", network.postgres() + "/24", "dev", network.bridge);
    Shell.run("ip", "link", "set", network.bridge, "up");
    for (int i = 0; i < hosts; i++) {
      network.addHost(i);
    }
    return network;
  }

  /** Where the test's own clients are. */
  String clients() {
    return prefix + 1;
  }

  /** Where PostgreSQL listens, or what stands before it. */
  String postgres() {
    return prefix + 2;
  }

  String namespace(int host) {
    return "thalweg-" + number + "-" + host;
  }

  private String outside(int host) {
    return "thv" + number + "-" + host;
  }

  String address(int host) {
    return prefix + (11 + host);
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
    if (!isCut(host, address)) {
      throw new IOException(address + " was not cut from host " + host);
    }
  }

  /** Whether the kernel drops what a host sends to an address: it is asked for the route. */
  boolean isCut(int host, String address) throws InterruptedException {
    try {
      Shell.run("ip", "netns", "exec", namespace(host), "ip", "route", "get", address);
      return false;
    } catch (IOException noRoute) {
      return true;
    }
  }

  private void addHost(int host) throws IOException, InterruptedException {
    String name = namespace(host);
    String outside = outside(host);
    Shell.run("ip", "netns", "add", name);
    namespaces.add(name);
    Shell.run("ip", "link", "add", outside, "type", "veth", "peer", "name", "eth0", "netns", name);
    Shell.run("ip", "link", "set", outside, "master", bridge, "up");
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
      quietly("ip", "link", "del", outside(i));
    }
    quietly("ip", "link", "del", bridge);
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
