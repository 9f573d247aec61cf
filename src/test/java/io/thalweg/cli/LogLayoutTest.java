package io.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The lines of the program's own log, whatever keys are named in them. */
class LogLayoutTest {
  @Test
  void marksThatBreakLinesOrTurnWritingAreReplaced() throws Exception {
    String line = line("key a\u2028b\u2029c\u202ed\u2066e\u200ff is \u00e9 \ud83d\ude00", null);
    assertThat(line)
        .matches(
            "(?s)\\d{4}-.*Z WARN +io.thalweg.Some - key a\ufffdb\ufffdc\ufffdd\ufffde\ufffdf is \u00e9 \ud83d\ude00\\R");
  }

  @Test
  void traceFollowsOnceAndIsCleanToo() throws Exception {
    String text = line("failed", new IllegalStateException("no key a\u2028b"));
    assertThat(text.lines().toList().get(1))
        .isEqualTo("java.lang.IllegalStateException: no key a\ufffdb");
    assertThat(text.split("IllegalStateException", -1)).hasSize(2);
    assertThat(text).contains("\tat io.thalweg.cli.LogLayoutTest");
  }

  private static String line(String message, @Nullable Throwable failure) throws Exception {
    LoggerContext context = new LoggerContext();
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(LogLayoutTest.class.getResource("/logback.xml"));
    var root = context.getLogger("ROOT");
    var appender = (ConsoleAppender<ILoggingEvent>) root.getAppender("stderr");
    var encoder = (PatternLayoutEncoder) appender.getEncoder();
    var logger = context.getLogger("io.thalweg.Some");
    LoggingEvent event = new LoggingEvent("", logger, Level.WARN, message, failure, null);
    return new String(encoder.encode(event), StandardCharsets.UTF_8);
  }
}
