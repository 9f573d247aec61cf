package io.thalweg.cli;

import ch.qos.logback.classic.spi.LogbackServiceProvider;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;

/**
 * Logback without a mapped diagnostic context. No line of the log shows one, and Pekko would fill
 * it anew for each message to each persistent actor: a tenth of a node's time under load.
 *
 * <p>SLF4J makes it, where a system property names it.
 */
public final class LogbackWithoutMdc extends LogbackServiceProvider {
  private final MDCAdapter none = new NOPMDCAdapter();

  /** Has SLF4J take it. To be called before anything is logged. */
  static void use() {
    System.setProperty("slf4j.provider", LogbackWithoutMdc.class.getName());
    System.setProperty("slf4j.internal.verbosity", "WARN"); // it would tell of the above
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return none;
  }
}
