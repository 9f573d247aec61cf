package io.thalweg.results;

import io.thalweg.domain.key.AlertChange;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.v1.BacktestAlert;
import io.thalweg.v1.BacktestBegun;
import io.thalweg.v1.BacktestKey;
import io.thalweg.v1.BacktestProgress;
import io.thalweg.v1.BacktestTotal;
import io.thalweg.v1.BacktestUpdate;
import java.util.Optional;

/** What a backtest tells, in the words of the API. */
public final class BacktestProtos {
  private BacktestProtos() {}

  /**
   * It has begun.
   *
   * @param definition empty: those that the keys had
   */
  public static BacktestUpdate begun(Optional<StreamDefinition> definition, long keys) {
    BacktestBegun.Builder begun = BacktestBegun.newBuilder().setKeys(keys);
    definition.ifPresent(d -> begun.setDefinition(StreamProtos.definition(d)));
    return BacktestUpdate.newBuilder().setBegun(begun).build();
  }

  /** What becomes of an alert. */
  public static BacktestUpdate alert(String key, long version, AlertChange change) {
    BacktestAlert.Builder alert = BacktestAlert.newBuilder().setKey(key).setVersion(version);
    change.before().ifPresent(before -> alert.setBefore(AnomalyProtos.anomaly(before)));
    change.after().ifPresent(after -> alert.setAfter(AnomalyProtos.anomaly(after)));
    return BacktestUpdate.newBuilder().setAlert(alert).build();
  }

  /** A key is at its end. */
  public static BacktestUpdate key(BacktestKey key) {
    return BacktestUpdate.newBuilder().setKey(key).build();
  }

  /** How far it has come. */
  public static BacktestUpdate progress(long keysDone, BacktestTally tally, double part) {
    return BacktestUpdate.newBuilder()
        .setProgress(
            BacktestProgress.newBuilder()
                .setKeysDone(keysDone)
                .setCounts(tally.counts())
                .setPart(part))
        .build();
  }

  /** All is done. */
  public static BacktestUpdate total(BacktestTotal total) {
    return BacktestUpdate.newBuilder().setTotal(total).build();
  }
}
