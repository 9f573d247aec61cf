package io.thalweg.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {

  @Test
  void shortTextsAreShownWhole() {
    assertThat(Excerpt.of("card|4711 مرحبا 🎉")).isEqualTo("card|4711 مرحبا 🎉");
    assertThat(Excerpt.of("🎉".repeat(64))).isEqualTo("🎉".repeat(64));
    assertThat(Excerpt.of("")).isEmpty();
  }

  @Test
  void longTextsAreCutBetweenCharacters() {
    assertThat(Excerpt.of("🎉".repeat(65))).isEqualTo("🎉".repeat(64) + "…");
  }

  @Test
  void nothingInItControlsATerminalOrBeginsALine() {
    assertThat(Excerpt.of("a\r\n\u001B[31m\u0085\u2028\uD800b"))
        .isEqualTo("a\uFFFD\uFFFD\uFFFD[31m\uFFFD\uFFFD\uFFFDb");
  }
}
