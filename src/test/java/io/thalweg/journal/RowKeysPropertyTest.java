package io.thalweg.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RowKeysPropertyTest {
  private static final String[] PIECES = {
    "", "\0", "\0\0", "a", "b", "|", "ä", "𝄞", "\u0001", "/"
  };

  @Test
  void rowsSortByUtf8AndThenByNumber() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 20_000; i++) {
      String one = text(random);
      String other = text(random);
      long oneNumber = random.nextLong() >>> 1;
      long otherNumber = random.nextLong() >>> 1;
      int expected =
          Integer.signum(
              Arrays.compareUnsigned(
                  one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8)));
      if (expected == 0) {
        expected = Long.compare(oneNumber, otherNumber);
      }
      byte[] oneRow = RowKeys.row(RowKeys.id(one), oneNumber);
      byte[] otherRow = RowKeys.row(RowKeys.id(other), otherNumber);
      assertThat(Integer.signum(Arrays.compareUnsigned(oneRow, otherRow)))
          .as("seed %d", seed)
          .isEqualTo(expected);
      assertThat(RowKeys.persistenceId(RowKeys.id(one))).as("seed %d", seed).isEqualTo(one);
      assertThat(RowKeys.sequence(oneRow)).as("seed %d", seed).isEqualTo(oneNumber);
      assertThat(Arrays.compareUnsigned(oneRow, RowKeys.end(RowKeys.id(one)))).isNegative();
    }
  }

  @Test
  void unpairedSurrogateIsRefused() {
    assertThatThrownBy(() -> RowKeys.id("a\ud834")).isInstanceOf(IllegalArgumentException.class);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }
}
