package io.thalweg.status;

import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.Outcome;
import io.thalweg.domain.key.StreamKey;
import io.thalweg.entity.KeyActor;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens to a node's keys, on its way to who else hears of it. Thread-safe. */
public final class KeyCounters implements KeyActor.Publication {
  private final KeyActor.Publication next;
  private final LongAdder anomalies = new LongAdder();

  /**
   * Starts at 0.
   *
   * @param next hears of the same
   */
  public KeyCounters(KeyActor.Publication next) {
    this.next = next;
  }

  @Override
  public void happened(StreamKey key, KeyEvent event, KeyState after) {
    List<Outcome> outcomes = event.outcomes();
    if (!outcomes.isEmpty()) {
      long raised = outcomes.stream().filter(Outcome.AnomalyRaised.class::isInstance).count();
      anomalies.add(raised);
    }
    next.happened(key, event, after);
  }

  /** Found since the start. */
  long anomalies() {
    return anomalies.sum();
  }
}
