package io.thalweg.cli.bench;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Which key the next series is of. Each producer has keys of its own, lest the order of a key's
 * samples be left to chance: every so manieth, from a first one on. Not thread-safe.
 */
sealed interface KeyChoice {

  /** The keys first, first + step, … below a bound. */
  record Own(int first, int step, int keys) {
    int count() {
      return (keys - first + step - 1) / step;
    }

    int at(int place) {
      return first + place * step;
    }
  }

  int next();

  /** What part of all series these keys get. */
  double share();

  /** Every key as often as any other. */
  final class Uniform implements KeyChoice {
    private final Own own;
    private final RandomGenerator random;

    Uniform(Own own, long seed) {
      this.own = own;
      this.random = new SplittableRandom(seed);
    }

    @Override
    public int next() {
      return own.at(random.nextInt(own.count()));
    }

    @Override
    public double share() {
      return (double) own.count() / own.keys();
    }
  }

  /**
   * The k-th key, from 1 on, with a probability proportional to 1/k. Drawn in constant time from
   * two tables (Walker's alias method, made by Vose's algorithm, 1991).
   */
  final class Zipf implements KeyChoice {
    private final Own own;
    private final RandomGenerator random;
    private final double share;
    private final float[] keep;
    private final int[] alias;

    Zipf(Own own, long seed) {
      this.own = own;
      this.random = new SplittableRandom(seed);
      int count = own.count();
      double weights = 0;
      for (int place = 0; place < count; place++) {
        weights += weight(own.at(place));
      }
      double allWeights = 0;
      for (int key = 0; key < own.keys(); key++) {
        allWeights += weight(key);
      }
      share = weights / allWeights;
      keep = new float[count];
      alias = new int[count];
      fill(weights);
    }

    @Override
    public int next() {
      int place = random.nextInt(alias.length);
      return own.at(random.nextFloat() < keep[place] ? place : alias[place]);
    }

    @Override
    public double share() {
      return share;
    }

    private static double weight(int key) {
      return 1.0 / (key + 1);
    }

    /** Pairs what is below the average with what is above, until each place holds the average. */
    private void fill(double weights) {
      int count = alias.length;
      double[] scaled = new double[count];
      int[] small = new int[count];
      int[] large = new int[count];
      int smalls = 0;
      int larges = 0;
      for (int place = 0; place < count; place++) {
        scaled[place] = weight(own.at(place)) * count / weights;
        if (scaled[place] < 1) {
          small[smalls++] = place;
        } else {
          large[larges++] = place;
        }
      }
      while (smalls > 0 && larges > 0) {
        int less = small[--smalls];
        int more = large[larges - 1];
        keep[less] = (float) scaled[less];
        alias[less] = more;
        scaled[more] -= 1 - scaled[less];
        if (scaled[more] < 1) {
          larges--;
          small[smalls++] = more;
        }
      }
      // What is left holds the average but for rounding.
      while (larges > 0) {
        keep[large[--larges]] = 1;
      }
      while (smalls > 0) {
        keep[small[--smalls]] = 1;
      }
    }
  }

  /**
   * Every key as often as any other of a tenth of the keys that lie side by side; it moves on by a
   * key with every tenth draw, around and around. So a key comes ten times on average, then rests
   * while all others have their turn, and each tenth draw brings one back.
   */
  final class Moving implements KeyChoice {
    private static final int PART = 10;
    private static final int MOVE_EVERY = 10;

    private final Own own;
    private final RandomGenerator random;
    private final int width;
    private long drawn;

    Moving(Own own, long seed) {
      this.own = own;
      this.random = new SplittableRandom(seed);
      this.width = Math.max(1, own.count() / PART);
    }

    @Override
    public int next() {
      long place = drawn++ / MOVE_EVERY + random.nextInt(width);
      return own.at((int) (place % own.count()));
    }

    @Override
    public double share() {
      return (double) own.count() / own.keys();
    }
  }

  /** One key, whenever it is asked. */
  record Only(int key, double share) implements KeyChoice {
    @Override
    public int next() {
      return key;
    }
  }
}
