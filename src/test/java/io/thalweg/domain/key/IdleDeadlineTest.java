package io.thalweg.domain.key;

import static io.thalweg.domain.key.Definitions.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class IdleDeadlineTest {

  @Test
  void itIsRoundedUpToAnEighthOfTheTimeout() {
    assertThat(IdleDeadline.from(80 * SECOND, 80 * SECOND).atNanos()).isEqualTo(80 * SECOND);
    assertThat(IdleDeadline.from(80 * SECOND + 1, 80 * SECOND).atNanos()).isEqualTo(90 * SECOND);
    assertThat(IdleDeadline.from(90 * SECOND - 1, 80 * SECOND).atNanos()).isEqualTo(90 * SECOND);
  }

  @Test
  void andToATenthOfASecondAtLeast() {
    assertThat(IdleDeadline.from(1, 8_000_000).atNanos()).isEqualTo(SECOND / 10);
    assertThat(IdleDeadline.from(SECOND / 10 + 1, 8_000_000).atNanos()).isEqualTo(SECOND / 5);
  }

  @Test
  void atTheEndOfTimeItIsThat() {
    assertThat(IdleDeadline.from(Long.MAX_VALUE, SECOND).atNanos()).isEqualTo(Long.MAX_VALUE);
    assertThat(IdleDeadline.from(Long.MAX_VALUE - 1, SECOND).atNanos()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void itsTagSaysWhenAndOtherTagsDoNot() {
    IdleDeadline deadline = new IdleDeadline(42);
    assertThat(deadline.tag()).isEqualTo("idle-at:42");
    assertThat(IdleDeadline.ofTag(deadline.tag())).contains(deadline);
    assertThat(IdleDeadline.ofTag("another")).isEmpty();
  }
}
