package io.thalweg.cli;

import ch.qos.logback.classic.spi.LogbackServiceProvider;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;

/**
 * Logback without a mapped diagnostic context. No line of the log shows one, and Pekko would fill
 * it anew for each message to each persistent actor: a tenth of a node's time under load.
 *
 * <p>SLF4J makes it, where the system property {@value #PROPERTY} names it.
 */
public final class LogbackWithoutMdc extends LogbackServiceProvider {
  /** Names the provider that SLF4J takes. */
  static final String PROPERTY = "slf4j.provider";

  private final MDCAdapter none = new NOPMDCAdapter();

  @Override
  public MDCAdapter getMDCAdapter() {
    return none;
  }
}
