package io.thalweg.cli.cluster;

import java.io.IOException;

/** The cluster can't be started, or has fallen apart; the message says why. */
public final class ClusterException extends IOException {
  private static final long serialVersionUID = 1L;

  ClusterException(String message) {
    super(message);
  }
}
