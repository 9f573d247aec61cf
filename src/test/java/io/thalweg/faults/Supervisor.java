package io.thalweg.faults;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What systemd or Kubernetes is to a node: one that has ended is started again after a moment, if
 * it is to run.
 */
final class Supervisor implements AutoCloseable {
  private static final long LOOK_EVERY_MILLIS = 200;

  private final FaultCluster cluster;
  private final Set<ClusterNode> wanted = ConcurrentHashMap.newKeySet();
  private final AtomicInteger restarts = new AtomicInteger();
  private final Thread thread = new Thread(this::run, "supervisor");
  private volatile boolean closed;

  private Supervisor(FaultCluster cluster) {
    this.cluster = cluster;
  }

  /** Takes over the nodes that run. */
  static Supervisor start(FaultCluster cluster) {
    Supervisor supervisor = new Supervisor(cluster);
    cluster.nodes().stream().filter(ClusterNode::isAlive).forEach(supervisor.wanted::add);
    supervisor.thread.start();
    return supervisor;
  }

  /** From now on a node is to run. */
  void want(ClusterNode node) {
    wanted.add(node);
  }

  /** From now on it is not: who wants to stop it says so before. */
  void release(ClusterNode node) {
    wanted.remove(node);
  }

  boolean wants(ClusterNode node) {
    return wanted.contains(node);
  }

  /** How often a node was started again. */
  int restarts() {
    return restarts.get();
  }

  private void run() {
    try {
      while (!closed) {
        for (ClusterNode node : wanted) {
          if (!node.isAlive()) {
            start(node);
          }
        }
        Thread.sleep(LOOK_EVERY_MILLIS);
      }
    } catch (InterruptedException stopped) {
      // closed
    }
  }

  private void start(ClusterNode node) {
    try {
      cluster.start(node);
      restarts.incrementAndGet();
    } catch (IOException e) {
      System.err.println("the supervisor could not start a node, and tries again: " + e);
    }
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    thread.interrupt();
    thread.join();
  }
}
