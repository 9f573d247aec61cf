package io.thalweg.bench.tool;

/** What became of a figure. */
enum Verdict {
  SLOWER("slower than the noise"),
  FASTER("faster"),
  WITHIN("within the noise"),
  NEW("new"),
  GONE("not measured");

  /** Less than that says nothing, however well the repetitions agree. */
  static final double NOISE_MIN_PERCENT = 5;

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /** The larger spread of the two; at least the minimum. */
  static double noisePercent(Figure old, Figure now) {
    return Math.max(NOISE_MIN_PERCENT, Math.max(old.spreadPercent(), now.spreadPercent()));
  }

  /** In percent of the old median: below 0 it has fallen. */
  static double changePercent(Figure old, Figure now) {
    return (now.median() / old.median() - 1) * 100;
  }

  static Verdict of(Figure old, Figure now) {
    double change = changePercent(old, now);
    if (Math.abs(change) <= noisePercent(old, now)) {
      return WITHIN;
    }
    return change > 0 == now.higherIsBetter() ? FASTER : SLOWER;
  }

  String words() {
    return words;
  }
}
