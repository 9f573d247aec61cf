package io.thalweg.cli.backtest;

import io.thalweg.cli.input.InputException;
import io.thalweg.cli.input.Source;
import io.thalweg.domain.key.AlertChange;
import io.thalweg.domain.key.Decision;
import io.thalweg.domain.key.KeyBacktest;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.results.BacktestProtos;
import io.thalweg.results.BacktestTally;
import io.thalweg.v1.BacktestKey;
import io.thalweg.v1.BacktestTotal;
import io.thalweg.v1.BacktestUpdate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Compares what two definitions of a stream make of the same samples. Each key decides on them in
 * batches, as it does in a node; the clock of that node is taken to show the largest event time, so
 * that no key is ever idle. Of one thread.
 */
public final class FileBacktest implements Source.KeyedSamples {
  private static final int KEYS_MAX = 100_000;
  private static final int BATCH_SIZE = 200;

  private final StreamDefinition definition;
  private final StreamDefinition changed;
  private final Consumer<BacktestUpdate> updates;
  private final Map<String, Key> keys = new TreeMap<>();
  private final BacktestTally total = new BacktestTally();

  /**
   * @param definition the stream's
   * @param changed the one that it is compared with
   * @param updates hears in the end what came of it
   */
  public FileBacktest(
      StreamDefinition definition, StreamDefinition changed, Consumer<BacktestUpdate> updates) {
    this.definition = definition;
    this.changed = changed;
    this.updates = updates;
  }

  @Override
  public void accept(String name, long timeNanos, double value) throws InputException {
    Key key = keys.get(name);
    if (key == null) {
      if (keys.size() == KEYS_MAX) {
        throw new InputException(
            "there are more than %,d keys: '%s' is one more".formatted(KEYS_MAX, name));
      }
      key = new Key();
      keys.put(name, key);
    }
    key.add(timeNanos, value);
  }

  /** All samples have come: tells of all keys, by name, and of the total. */
  public void end() {
    updates.accept(BacktestProtos.begun(Optional.of(changed), keys.size()));
    keys.forEach((name, key) -> key.end(name));
    updates.accept(
        BacktestProtos.total(
            BacktestTotal.newBuilder().setKeys(keys.size()).setCounts(total.counts()).build()));
  }

  private record Found(long version, AlertChange change) {}

  private final class Key {
    private final KeyBacktest backtest =
        new KeyBacktest(KeyState.empty(definition), Optional.of(changed));
    private final BacktestTally tally = new BacktestTally();
    private final List<Found> found = new ArrayList<>(0);
    private KeyState state = KeyState.empty(definition);
    private long[] times = new long[8];
    private double[] values = new double[8];
    private int size;
    private long newest;

    void add(long timeNanos, double value) {
      if (size == times.length) {
        times = Arrays.copyOf(times, 2 * size);
        values = Arrays.copyOf(values, 2 * size);
      }
      times[size] = timeNanos;
      values[size] = value;
      size++;
      newest = Math.max(newest, timeNanos);
      if (size == BATCH_SIZE) {
        decide();
      }
    }

    private void decide() {
      if (size > 0) {
        KeyBatch batch =
            new KeyBatch("", 0, Arrays.copyOf(times, size), Arrays.copyOf(values, size));
        Decision decision = state.decide(definition, List.of(batch), newest);
        state = decision.after();
        tally.event(size);
        decision
            .event()
            .ifPresent(
                event ->
                    backtest
                        .next(event)
                        .forEach(change -> found.add(new Found(state.version(), change))));
        size = 0;
      }
    }

    void end(String name) {
      decide();
      for (Found one : found) {
        tally.alert(one.change());
        updates.accept(BacktestProtos.alert(name, one.version(), one.change()));
      }
      total.add(tally);
      updates.accept(
          BacktestProtos.key(
              BacktestKey.newBuilder()
                  .setKey(name)
                  .setCounts(tally.counts())
                  .setFromVersion(1)
                  .setToVersion(state.version())
                  .build()));
    }
  }
}
