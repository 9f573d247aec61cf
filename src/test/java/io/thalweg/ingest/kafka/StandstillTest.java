package io.thalweg.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StandstillTest {
  private static final long SECOND = 1_000_000_000L;

  private final Standstill standstill = new Standstill();

  @Test
  void isToldWhenRecordsWaitedForFiveSecondsAndNoneBecameDurable() {
    assertThat(standstill.look(10, 5, 0)).isFalse();
    assertThat(standstill.look(20, 5, 5 * SECOND - 1)).isFalse();
    assertThat(standstill.look(20, 5, 5 * SECOND)).isTrue();
    assertThat(standstill.look(20, 6, 6 * SECOND)).isFalse();
    assertThat(standstill.look(20, 6, 11 * SECOND)).isTrue();
    assertThat(standstill.look(0, 26, 12 * SECOND)).isFalse();
  }

  @Test
  void sourceThatHasNothingToReadDoesNotStand() {
    assertThat(standstill.look(0, 5, 0)).isFalse();
    assertThat(standstill.look(0, 5, 60 * SECOND)).isFalse();
    assertThat(standstill.look(3, 5, 61 * SECOND)).isFalse();
    assertThat(standstill.look(3, 5, 65 * SECOND)).isFalse();
    assertThat(standstill.look(3, 5, 66 * SECOND)).isTrue();
  }
}
