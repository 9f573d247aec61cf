package io.thalweg.domain.detect;

import java.util.random.RandomGenerator;

/** What goes wrong with a series from a sample on. */
enum Fault {
  LEVEL_SHIFT("the level shifts by 3 deviations", Noise.NORMAL) {
    @Override
    double changed(RandomGenerator random, double[] values, int from, int i) {
      return values[i] + 30;
    }
  },
  VARIANCE("the variance triples", Noise.NORMAL) {
    @Override
    double changed(RandomGenerator random, double[] values, int from, int i) {
      return 100 + Math.sqrt(3) * (values[i] - 100);
    }
  },
  FLAT_LINE("the value stays the same", Noise.NORMAL) {
    @Override
    double changed(RandomGenerator random, double[] values, int from, int i) {
      return values[from - 1];
    }
  },
  DRIFT("the level drifts by a twentieth of a deviation with each sample", Noise.NORMAL) {
    @Override
    double changed(RandomGenerator random, double[] values, int from, int i) {
      return values[i] + 0.5 * (i - from + 1);
    }
  },
  HALF_AMPLITUDE("the daily wave has half its height", Noise.DAILY) {
    @Override
    double changed(RandomGenerator random, double[] values, int from, int i) {
      return values[i] - Noise.wave(i) / 2;
    }
  },
  SPIKE("one sample is 5 to 8 deviations off, within the range of a daily wave", Noise.DAILY) {
    @Override
    double changed(RandomGenerator random, double[] values, int from, int i) {
      double by = 5 * random.nextDouble(5, 8);
      return i > from ? values[i] : values[i] - Math.copySign(by, Noise.wave(i));
    }
  };

  private final String words;
  private final Noise noise;

  Fault(String words, Noise noise) {
    this.words = words;
    this.noise = noise;
  }

  String words() {
    return words;
  }

  Noise noise() {
    return noise;
  }

  /** The value of a sample of the series, from the fault on. */
  abstract double changed(RandomGenerator random, double[] values, int from, int i);
}
