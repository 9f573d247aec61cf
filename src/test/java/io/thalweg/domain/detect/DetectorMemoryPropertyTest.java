package io.thalweg.domain.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.Randomized;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class DetectorMemoryPropertyTest {
  private static final int SIZE = 10;
  private static final int SIZE_MAX = 60;

  @Test
  void everyVersionStaysWhatItWas() {
    Randomized.rounds(300, DetectorMemoryPropertyTest::story);
  }

  @Test
  void aFoldThatNeverEndsLeavesTheVersionBeforeAsItWas() {
    DetectorMemory before = DetectorMemory.restore(new double[] {1, 2, 3});
    MemoryFold abandoned = new MemoryFold(before, 3);
    abandoned.set(1, 7);
    abandoned.set(1, 8);
    abandoned.append(2, 100);
    abandoned.set(4, 9);
    assertThat(before.numbers()).containsExactly(1, 2, 3);
    MemoryFold again = new MemoryFold(before, 3);
    again.set(0, 5);
    assertThat(again.freeze().numbers()).containsExactly(5, 2, 3);
    assertThat(before.numbers()).containsExactly(1, 2, 3);
  }

  @Test
  void aVersionThatWasNotWrittenOnSharesItsArray() {
    DetectorMemory before = DetectorMemory.restore(new double[] {1, 2, 3});
    double[] array = before.array();
    DetectorMemory next = new MemoryFold(before, 3).freeze();
    assertThat(next.array()).isSameAs(array);
    assertThat(before.array()).isNotSameAs(array);
  }

  /** Goes on from the newest version mostly, sometimes from any other. */
  private static void story(RandomGenerator random) {
    List<DetectorMemory> versions = new ArrayList<>(List.of(DetectorMemory.EMPTY));
    List<double[]> contents = new ArrayList<>(List.of(new double[0]));
    for (int step = 0; step < 30; step++) {
      int from = random.nextInt(4) == 0 ? random.nextInt(versions.size()) : versions.size() - 1;
      MemoryFold fold = new MemoryFold(versions.get(from), SIZE);
      double[] model =
          contents.get(from).length == 0 ? new double[SIZE] : contents.get(from).clone();
      for (int i = random.nextInt(random.nextInt(5) == 0 ? 600 : 30); i > 0; i--) {
        if (random.nextInt(30) == 0 && fold.size() + 2 <= SIZE_MAX) {
          fold.append(2, SIZE_MAX);
          model = Arrays.copyOf(model, model.length + 2);
        }
        int place = random.nextInt(model.length);
        double value = random.nextDouble();
        fold.set(place, value);
        model[place] = value;
        assertThat(fold.get(place)).isEqualTo(value);
      }
      if (random.nextInt(10) > 0) {
        versions.add(fold.freeze());
        contents.add(model);
      }
      for (int i = 0; i < versions.size(); i++) {
        assertThat(versions.get(i).numbers()).isEqualTo(contents.get(i));
      }
    }
  }
}
