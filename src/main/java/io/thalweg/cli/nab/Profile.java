package io.thalweg.cli.nab;

import java.util.Locale;

/** What a kind of user gains by a hit and loses by a miss and by a false alert. */
public enum Profile {
  STANDARD("standard", 1, 0.11, 1),
  REWARD_LOW_FP("reward low FP", 1, 0.22, 1),
  REWARD_LOW_FN("reward low FN", 1, 0.11, 2);

  private final String label;
  private final double hit;
  private final double falseAlert;
  private final double miss;

  Profile(String label, double hit, double falseAlert, double miss) {
    this.label = label;
    this.hit = hit;
    this.falseAlert = falseAlert;
    this.miss = miss;
  }

  /** For people. */
  public String label() {
    return label;
  }

  /** For programs. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What the earliest possible hit of a window gains. */
  public double hit() {
    return hit;
  }

  /** What a false alert far from any window loses. */
  public double falseAlert() {
    return falseAlert;
  }

  /** What a window without a hit loses. */
  public double miss() {
    return miss;
  }
}
