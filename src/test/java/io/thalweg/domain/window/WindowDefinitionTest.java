package io.thalweg.domain.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thalweg.domain.window.WindowDefinition.Hopping;
import io.thalweg.domain.window.WindowDefinition.Session;
import io.thalweg.domain.window.WindowDefinition.SlidingCount;
import io.thalweg.domain.window.WindowDefinition.Tumbling;
import io.thalweg.domain.window.WindowDefinition.TumblingCount;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What can be asked for, at its limits and just beyond them. */
final class WindowDefinitionTest {
  private static final long MS = 1_000_000;

  @Test
  void theSmallestAndTheLargestAreTaken() {
    assertThat(new Tumbling(MS, MS - 1).offsetNanos()).isEqualTo(MS - 1);
    assertThat(new Hopping(MS, MS, 0).sizeNanos()).isEqualTo(MS);
    assertThat(new Hopping(100_000 * MS, MS, MS - 1).slideNanos()).isEqualTo(MS);
    assertThat(new Session(MS).gapNanos()).isEqualTo(MS);
    assertThat(new TumblingCount(1).size()).isEqualTo(1);
    assertThat(new SlidingCount(1).size()).isEqualTo(1);
    assertThat(new SlidingCount(1_000_000).size()).isEqualTo(1_000_000);
    assertThat(new Emission.Every(MS).nanos()).isEqualTo(MS);
  }

  @Test
  void whatIsBeyondIsRefusedWithTheValue() {
    refused(() -> new Tumbling(MS - 1, 0), "PT0.000999999S");
    refused(() -> new Tumbling(MS, MS), "offset", "PT0.001S");
    refused(() -> new Hopping(MS, MS - 1, 0), "PT0.000999999S");
    refused(() -> new Hopping(MS, 2 * MS, 0), "size PT0.001S", "slide PT0.002S");
    refused(() -> new Hopping(3 * MS, 2 * MS, 0), "size PT0.003S", "slide PT0.002S");
    refused(() -> new Hopping(100_001 * MS, MS, 0), "size PT1M40.001S");
    refused(() -> new Hopping(2 * MS, MS, -1), "offset");
    refused(() -> new Hopping(2 * MS, MS, MS), "offset", "PT0.001S");
    refused(() -> new Session(MS - 1), "PT0.000999999S");
    refused(() -> new TumblingCount(0), "0");
    refused(() -> new SlidingCount(0), "0");
    refused(() -> new SlidingCount(1_000_001), "1000001");
    refused(() -> new Emission.Every(MS - 1), "PT0.000999999S");
  }

  @Test
  void aWindowsNameIsOf64LettersAtMost() {
    assertThat(named("A-z_0." + "x".repeat(58)).emission()).isEqualTo(Emission.OnClose.INSTANCE);
    refused(() -> named(""), "''");
    refused(() -> named("a b"), "'a b'");
    refused(() -> named("x".repeat(65)), "1 to 64");
  }

  private static NamedWindow named(String name) {
    return new NamedWindow(name, new WindowDefinition.Total());
  }

  private static void refused(Supplier<?> making, String... why) {
    assertThatThrownBy(making::get)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(why);
  }
}
