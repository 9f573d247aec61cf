package io.thalweg.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class TroubleTest {
  private static final long SECOND = 1_000_000_000L;

  private final Logger log = (Logger) LoggerFactory.getLogger("io.thalweg.kafka.TroubleTest");
  private final ListAppender<ILoggingEvent> told = new ListAppender<>();
  private final AtomicLong nanos = new AtomicLong();
  private final Trouble trouble = new Trouble(log, "Kafka sink 'out'", "it waits", nanos::get);

  @BeforeEach
  void listen() {
    log.setLevel(Level.INFO);
    log.setAdditive(false);
    told.start();
    log.addAppender(told);
  }

  @AfterEach
  void stop() {
    log.detachAppender(told);
  }

  @Test
  void isToldAtOnceThenEveryHalfMinuteAndWhenItIsOver() {
    trouble.isOver();
    trouble.found("no topic");
    trouble.found("no topic");
    nanos.set(30 * SECOND - 1);
    trouble.found("no topic");
    assertThat(lines()).containsExactly("Kafka sink 'out': no topic; it waits");
    nanos.set(30 * SECOND);
    trouble.found("no topic");
    assertThat(lines()).hasSize(2);
    trouble.found("no rights");
    assertThat(trouble.text()).isEqualTo("no rights");
    assertThat(lines()).hasSize(3);
    trouble.isOver();
    trouble.isOver();
    assertThat(trouble.text()).isEmpty();
    assertThat(lines())
        .hasSize(4)
        .last()
        .isEqualTo("Kafka sink 'out': all is well again, after: no rights");
  }

  private List<String> lines() {
    return told.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}
