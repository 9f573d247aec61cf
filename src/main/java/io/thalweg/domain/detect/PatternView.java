package io.thalweg.domain.detect;

/**
 * Pattern: a shape never seen. The last three values, measured in deviations from the mean, are a
 * point; the view knows up to 200 of them, and the measure is the mean absolute distance from the
 * nearest. A point that lies close to a known one draws that a little nearer; another is learnt, in
 * place of the one that was not met for longest.
 *
 * <p>They stand at the end of the memory, which grows with their number: many keys need but a few.
 */
final class PatternView {
  /** How many numbers it is stored as, beside its prototypes. */
  static final int NUMBERS = Tail.NUMBERS;

  /** A point, and when it was met last. */
  static final int PROTOTYPE = 4;

  static final int PROTOTYPES_MAX = 200;

  /** A shape is of so many samples. */
  static final int SAMPLES = 3;

  private static final int COUNT_MIN = 50;
  private static final double NEAR = 0.5;
  private static final double PULL = 0.02;
  private static final int NONE = -1;

  private final MemoryFold memory;
  private final int start;
  private final Tail tail;
  private double usualDistance;
  private double distance;

  PatternView(MemoryFold memory, Cursor from, int start) {
    this.memory = memory;
    this.start = start;
    tail = new Tail(from);
  }

  void store(Cursor to) {
    tail.store(to);
  }

  /** How surprising the newest values are, 0 among the first; then learns them. */
  double surprise(Newest values, Norm norm) {
    long count = norm.count();
    if (count < COUNT_MIN) {
      return 0;
    }
    double scale = norm.deviation() + norm.floor();
    double a = (values.before(2) - norm.mean()) / scale;
    double b = (values.before(1) - norm.mean()) / scale;
    double c = (values.before(0) - norm.mean()) / scale;
    int nearest = nearest(a, b, c);
    if (nearest == NONE) {
      put(place(), a, b, c, count);
      return 0;
    }
    usualDistance = tail.quantile();
    double surprise = tail.score(distance);
    tail.learn(distance);
    if (distance <= NEAR) {
      pull(nearest, a, b, c, count);
    } else {
      put(place(), a, b, c, count);
    }
    return surprise;
  }

  /** What was found last, in distances. */
  Finding finding() {
    return new Finding.Unusual(0, usualDistance, distance, SAMPLES);
  }

  private int nearest(double a, double b, double c) {
    double[] cells = memory.array();
    double least = Double.POSITIVE_INFINITY;
    int nearest = NONE;
    for (int i = start; i < memory.size(); i += PROTOTYPE) {
      double sum = Math.abs(cells[i] - a) + Math.abs(cells[i + 1] - b) + Math.abs(cells[i + 2] - c);
      if (sum < least) {
        least = sum;
        nearest = i;
      }
    }
    distance = least / SAMPLES;
    return nearest;
  }

  /** Where the next prototype goes. */
  private int place() {
    int end = memory.size();
    if (end < start + PROTOTYPES_MAX * PROTOTYPE) {
      memory.append(PROTOTYPE, start + PROTOTYPES_MAX * PROTOTYPE);
      return end;
    }
    double[] cells = memory.array();
    int oldest = start;
    for (int i = start; i < end; i += PROTOTYPE) {
      oldest = cells[i + 3] < cells[oldest + 3] ? i : oldest;
    }
    return oldest;
  }

  private void put(int place, double a, double b, double c, long count) {
    memory.set(place, a);
    memory.set(place + 1, b);
    memory.set(place + 2, c);
    memory.set(place + 3, count);
  }

  private void pull(int place, double a, double b, double c, long count) {
    double[] cells = memory.array();
    put(
        place,
        cells[place] + PULL * (a - cells[place]),
        cells[place + 1] + PULL * (b - cells[place + 1]),
        cells[place + 2] + PULL * (c - cells[place + 2]),
        count);
  }
}
