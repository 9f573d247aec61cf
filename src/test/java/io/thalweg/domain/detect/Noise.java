package io.thalweg.domain.detect;

import java.util.random.RandomGenerator;

/** Series without anomalies, a sample every five minutes. */
enum Noise {
  NORMAL("normal, mean 100, deviation 10") {
    @Override
    double next(RandomGenerator random, int i, double before) {
      return 100 + 10 * random.nextGaussian();
    }
  },
  AR1("AR(1), 0.8 of the value before") {
    @Override
    double next(RandomGenerator random, int i, double before) {
      return 100 + 0.8 * (before - 100) + 10 * random.nextGaussian();
    }
  },
  POISSON("Poisson, mean 5") {
    @Override
    double next(RandomGenerator random, int i, double before) {
      double product = random.nextDouble();
      int events = 0;
      for (double limit = Math.exp(-5); product > limit; events++) {
        product *= random.nextDouble();
      }
      return events;
    }
  },
  HEAVY("heavy-tailed, Student's t with 3 degrees of freedom") {
    @Override
    double next(RandomGenerator random, int i, double before) {
      double squares = 0;
      for (int k = 0; k < 3; k++) {
        double x = random.nextGaussian();
        squares += x * x;
      }
      return 100 + 10 * random.nextGaussian() / Math.sqrt(squares / 3);
    }
  },
  DAILY("daily wave of 50, deviation 5") {
    @Override
    double next(RandomGenerator random, int i, double before) {
      return 100 + wave(i) + 5 * random.nextGaussian();
    }
  },
  WALK("random walk") {
    @Override
    double next(RandomGenerator random, int i, double before) {
      return before + random.nextGaussian();
    }
  },
  CONSTANT("constant, 0.1") {
    @Override
    double next(RandomGenerator random, int i, double before) {
      return 0.1;
    }
  };

  static final long STEP_NANOS = 300_000_000_000L;

  /** Samples a day. */
  static final int DAY = 288;

  private final String words;

  Noise(String words) {
    this.words = words;
  }

  String words() {
    return words;
  }

  /** The value of a sample, given the one before it; 100 before the first. */
  abstract double next(RandomGenerator random, int i, double before);

  /** A day's wave. */
  static double wave(int i) {
    return 50 * Math.sin(2 * Math.PI * i / DAY);
  }

  double[] series(RandomGenerator random, int size) {
    double[] values = new double[size];
    double before = 100;
    for (int i = 0; i < size; i++) {
      before = next(random, i, before);
      values[i] = before;
    }
    return values;
  }
}
