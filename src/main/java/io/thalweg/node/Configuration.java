package io.thalweg.node;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.util.Optional;

/** Loads what a node is configured by. */
public final class Configuration {
  private Configuration() {}

  /**
   * Reads a file over the defaults; system properties win over both.
   *
   * @param file empty: the defaults alone
   * @throws NodeStartException if it can't be read; the message names file and line
   */
  public static Config load(Optional<Path> file) throws NodeStartException {
    throw new UnsupportedOperationException(file.toString());
  }
}
