package io.thalweg.results;

import io.thalweg.domain.key.AlertChange;
import io.thalweg.v1.BacktestCounts;

/** Counts what a backtest has folded and found. Of one thread. */
public final class BacktestTally {
  private long events;
  private long samples;
  private long stay;
  private long differ;
  private long appear;
  private long disappear;

  /** An event was folded. */
  public void event(int ofSamples) {
    events++;
    samples += ofSamples;
  }

  /** An alert was found. */
  public void alert(AlertChange change) {
    if (change.appears()) {
      appear++;
    } else if (change.disappears()) {
      disappear++;
    } else {
      stay++;
      differ += change.differs() ? 1 : 0;
    }
  }

  /** Adds all of another. */
  public void add(BacktestTally other) {
    events += other.events;
    samples += other.samples;
    stay += other.stay;
    differ += other.differ;
    appear += other.appear;
    disappear += other.disappear;
  }

  /** In the words of the API. */
  public BacktestCounts counts() {
    return BacktestCounts.newBuilder()
        .setEvents(events)
        .setSamples(samples)
        .setStay(stay)
        .setDiffer(differ)
        .setAppear(appear)
        .setDisappear(disappear)
        .build();
  }
}
