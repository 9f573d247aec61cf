package io.thalweg.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class WritesUnderWayTest {
  private static final long TIMEOUT = Duration.ofSeconds(10).toNanos();

  private final WritesUnderWay underWay = new WritesUnderWay(Duration.ofSeconds(10));
  private final List<String> answers = new ArrayList<>();

  @Test
  void writeThatIsAnsweredInTimeIsAnsweredOnce() {
    EventWrite write = write("a");
    assertThat(underWay.add(write, 0)).isTrue();
    write.committed();
    underWay.check(TIMEOUT);

    assertThat(answers).containsExactly("a: null");
  }

  @Test
  void writeThatWaitsForTooLongFails() {
    assertThat(underWay.add(write("a"), 0)).isTrue();
    underWay.check(TIMEOUT - 1);
    assertThat(answers).isEmpty();

    underWay.check(TIMEOUT);
    assertThat(answers)
        .containsExactly(
            "a: " + new TimeoutException("the store has not answered a write for 10,000 ms"));
  }

  @Test
  void lateAnswerOfTheStoreIsNobodysAnyMore() {
    EventWrite write = write("a");
    underWay.add(write, 0);
    underWay.check(TIMEOUT);
    write.committed();

    assertThat(answers).hasSize(1);
  }

  @Test
  void noFurtherWriteIsHandedOverUntilTheStoreHasComeBack() {
    EventWrite stuck = write("a");
    underWay.add(stuck, 0);
    underWay.check(TIMEOUT);

    assertThat(underWay.add(write("b"), TIMEOUT)).isFalse();
    assertThat(answers).hasSize(2).last().asString().startsWith("b: java.util.concurrent.Timeout");

    stuck.failed(new StoreUnavailableException("gone", null));
    assertThat(underWay.add(write("c"), TIMEOUT)).isTrue();
  }

  private EventWrite write(String name) {
    return new EventWrite((write, failure) -> answers.add(name + ": " + failure));
  }
}
