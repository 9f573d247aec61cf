package io.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderlyStopTest {
  private final List<String> steps = new ArrayList<>();
  private final StringWriter err = new StringWriter();

  @Test
  void allIsClosedBeforeTheProcessEndsWell() {
    stop(() -> steps.add("closed"));
    assertThat(steps).containsExactly("closed", "ended with 0");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void aFailureWhileClosingIsTold() {
    stop(
        () -> {
          throw new IllegalStateException("journal");
        });
    assertThat(steps).containsExactly("ended with 1");
    assertThat(err.toString()).contains("could not stop in order").contains("journal");
  }

  private void stop(Runnable closing) {
    PrintWriter to = new PrintWriter(err);
    new OrderlyStop(
            closing, ExitCode.OK, to, OrderlyStop.PATIENCE, code -> steps.add("ended with " + code))
        .stop();
  }
}
