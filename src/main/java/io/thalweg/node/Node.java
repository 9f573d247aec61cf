package io.thalweg.node;

import com.typesafe.config.Config;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionStage;

/** A running node: actor system, key shards, journal and gRPC server. */
public final class Node implements AutoCloseable {
  private Node() {}

  /**
   * Starts a node and returns when it takes samples.
   *
   * @param config the effective configuration; a gRPC port of 0 takes any free one
   * @throws NodeStartException if a port or the data folder is in use, or the configuration is
   *     wrong
   */
  public static Node start(Config config) throws NodeStartException {
    throw new UnsupportedOperationException(config.toString());
  }

  /** Where the gRPC server listens. */
  public InetSocketAddress address() {
    throw new UnsupportedOperationException();
  }

  /** Completed when the node has stopped, whoever stopped it. */
  public CompletionStage<Void> whenStopped() {
    throw new UnsupportedOperationException();
  }

  /** Takes no more, answers what is in flight, and stops. Returns when all is closed. */
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
