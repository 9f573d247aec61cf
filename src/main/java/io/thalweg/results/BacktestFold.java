package io.thalweg.results;

import io.thalweg.domain.key.AlertChange;
import io.thalweg.domain.key.KeyBacktest;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.v1.BacktestKey;
import io.thalweg.v1.BacktestTotal;
import io.thalweg.v1.BacktestUpdate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Folds what a backtest reads, and tells what comes of it. Of one thread. */
final class BacktestFold {
  private final Optional<StreamDefinition> other;
  private final long keys;
  private final BacktestSettings settings;
  private final BacktestTally total = new BacktestTally();
  private @Nullable OpenKey open;
  private long done;
  private long failed;
  private long fromSnapshot;
  private long detectorNew;
  private long cost;

  /** A key that is being folded. */
  private static final class OpenKey {
    final BacktestStep.Start start;
    final KeyBacktest backtest;
    final BacktestTally tally = new BacktestTally();
    long version;

    OpenKey(BacktestStep.Start start, Optional<StreamDefinition> other) {
      this.start = start;
      backtest = new KeyBacktest(start.state(), other);
      version = start.fromVersion() - 1;
    }

    BacktestKey.Builder told() {
      return BacktestKey.newBuilder()
          .setKey(start.key().key())
          .setCounts(tally.counts())
          .setFromVersion(start.fromVersion())
          .setToVersion(version)
          .setFromSnapshot(start.fromSnapshot())
          .setDetectorNew(backtest.isDetectorNew());
    }

    double part() {
      long events = start.toVersion() - start.fromVersion() + 1;
      return events <= 0 ? 0 : (double) (version - start.fromVersion() + 1) / events;
    }
  }

  /**
   * @param other the definition to be followed; empty: those that the keys had
   * @param keys how many there are
   */
  BacktestFold(Optional<StreamDefinition> other, long keys, BacktestSettings settings) {
    this.other = other;
    this.keys = keys;
    this.settings = settings;
  }

  /** What a step costs, in events. */
  static int cost(BacktestStep step, BacktestSettings settings) {
    return step instanceof BacktestStep.Read read
        ? 1 + read.samples() / settings.samplesPerEvent()
        : 1;
  }

  /** Takes a step; what is to be told of it. */
  List<BacktestUpdate> next(BacktestStep step) {
    List<BacktestUpdate> updates = new ArrayList<>(0);
    switch (step) {
      case BacktestStep.Start start -> open = new OpenKey(start, other);
      case BacktestStep.Read read -> fold(read, open(), updates);
      case BacktestStep.End end -> close(open().told(), updates);
      case BacktestStep.Failed broken -> {
        failed++;
        BacktestKey.Builder told =
            open == null ? BacktestKey.newBuilder().setKey(broken.key().key()) : open.told();
        close(told.setFailure(broken.reason()), updates);
      }
      case BacktestStep.AllDone all -> updates.add(BacktestProtos.total(total()));
    }
    addProgress(step, updates);
    return updates;
  }

  private OpenKey open() {
    if (open == null) {
      throw new IllegalStateException("a key's events come after its start");
    }
    return open;
  }

  private void fold(BacktestStep.Read read, OpenKey key, List<BacktestUpdate> updates) {
    key.version = read.event().version();
    key.tally.event(read.samples());
    for (AlertChange change : key.backtest.next(read.event().event())) {
      key.tally.alert(change);
      updates.add(BacktestProtos.alert(key.start.key().key(), key.version, change));
    }
  }

  private void close(BacktestKey.Builder told, List<BacktestUpdate> updates) {
    if (open != null) {
      total.add(open.tally);
    }
    done++;
    fromSnapshot += told.getFromSnapshot() ? 1 : 0;
    detectorNew += told.getDetectorNew() ? 1 : 0;
    open = null;
    updates.add(BacktestProtos.key(told.build()));
  }

  /** Four times a second, where it runs as fast as it may. */
  private void addProgress(BacktestStep step, List<BacktestUpdate> updates) {
    cost += cost(step, settings);
    if (cost >= Math.max(1, settings.eventsPerSecondMax() / 4)
        && !(step instanceof BacktestStep.AllDone)) {
      cost = 0;
      BacktestTally now = new BacktestTally();
      now.add(total);
      if (open != null) {
        now.add(open.tally);
      }
      double part = (done + (open == null ? 0 : open.part())) / Math.max(1, keys);
      updates.add(BacktestProtos.progress(done, now, Math.min(1, part)));
    }
  }

  private BacktestTotal total() {
    return BacktestTotal.newBuilder()
        .setKeys(done)
        .setCounts(total.counts())
        .setFailed(failed)
        .setFromSnapshot(fromSnapshot)
        .setDetectorNew(detectorNew)
        .build();
  }
}
