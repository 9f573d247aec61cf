package io.thalweg.cli.backtest;

import io.thalweg.v1.BacktestUpdate;
import java.util.List;

/** Tells of a backtest as it goes on. Of one thread. */
public sealed interface BacktestReport permits BacktestText, BacktestJson {

  /**
   * Before all. Nothing is written before the backtest has begun.
   *
   * @param source what is folded, in one word
   * @param settings what is changed
   */
  void begin(String stream, String source, List<String> settings);

  /** What came next; of the alerts of a key before the key itself. */
  void tell(BacktestUpdate update);

  /** After all; whether every key was folded to its end. */
  boolean end();
}
