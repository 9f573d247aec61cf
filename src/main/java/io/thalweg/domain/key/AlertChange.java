package io.thalweg.domain.key;

import io.thalweg.domain.detect.Anomaly;
import java.util.Optional;

/**
 * What another definition makes of an alert. It is the same alert where the same sample raised it.
 *
 * @param before as it was raised; empty: it appears
 * @param after as it is raised by the other definition; empty: it disappears
 */
public record AlertChange(Optional<Anomaly> before, Optional<Anomaly> after) {
  public AlertChange {
    if (before.isEmpty() && after.isEmpty()) {
      throw new IllegalArgumentException("an alert is raised before, after, or both times");
    }
  }

  public boolean appears() {
    return before.isEmpty();
  }

  public boolean disappears() {
    return after.isEmpty();
  }

  public boolean stays() {
    return before.isPresent() && after.isPresent();
  }

  /** Whether it stays, but not to the bit: its score, its threshold or its explanation differ. */
  public boolean differs() {
    return stays() && !before.equals(after);
  }
}
