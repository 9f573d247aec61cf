package io.thalweg.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.key.BatchResult;
import io.thalweg.domain.key.Decision;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.window.Emission;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;

/**
 * The package's argument on a key: readers of a partition come and go, two of them at a time, each
 * from the committed offset on, with requests cut anyhow, and what they bring may come once more
 * much later. Each record counts once.
 */
class RedeliveryPropertyTest {
  private static final int RECORDS = 3_000;
  private static final String PRODUCER = TopicRun.producerId(Uuid.ONE_UUID, 3);
  private static final StreamDefinition STREAM =
      new StreamDefinition(
          "s",
          List.of(new NamedWindow("all", new WindowDefinition.Total(), Emission.OnClose.INSTANCE)),
          Optional.empty(),
          new TimeRules(0, 0, 0, 0),
          4,
          Statistics.BASIC);

  private final long seed = Long.getLong("thalweg.test.seed", System.nanoTime());
  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  private final long[] offsets = new long[RECORDS];
  private KeyState key = KeyState.empty(STREAM);
  private int committed;
  private int counted;
  private int known;

  /** Reads on from a place in the key's records. */
  private final class Reader {
    private int next = committed;

    void bring() {
      int to = Math.min(RECORDS, next + 1 + random.nextInt(400));
      deliver(next, to);
      if (random.nextInt(3) == 0) {
        committed = Math.max(next, committed); // of the request before: not always of the last
      }
      next = to;
    }
  }

  @Test
  void eachRecordCountsOnceHoweverItIsReadAgain() {
    long offset = 0;
    for (int i = 0; i < RECORDS; i++) {
      offset += 1 + random.nextInt(i % 100 == 0 ? 5_000 : 20);
      offsets[i] = offset;
    }
    List<Reader> readers = new ArrayList<>(List.of(new Reader(), new Reader()));
    List<int[]> old = new ArrayList<>();
    for (int step = 0; readers.stream().anyMatch(reader -> reader.next < RECORDS); step++) {
      int which = random.nextInt(2);
      if (random.nextInt(6) == 0 && step < 500) {
        readers.set(which, new Reader()); // the one before has crashed
      }
      int from = readers.get(which).next;
      readers.get(which).bring();
      old.add(new int[] {from, readers.get(which).next});
      if (random.nextInt(4) == 0) {
        int[] late = old.get(random.nextInt(old.size()));
        deliver(late[0], late[1]); // it was on its way all the time
      }
    }

    assertThat(counted).as("seed " + seed).isEqualTo(RECORDS);
    assertThat(key.total().count()).as("seed " + seed).isEqualTo(RECORDS);
    assertThat(key.total().sum()).isEqualTo((double) RECORDS * (RECORDS - 1) / 2);
    assertThat(known).as("too old to look up, seed " + seed).isPositive();
  }

  private void deliver(int from, int to) {
    List<KeyBatch> batches = new ArrayList<>();
    for (int i = from; i < to; i++) {
      batches.add(new KeyBatch(PRODUCER, offsets[i] + 1, new long[] {i}, new double[] {i}));
    }
    Decision decision = key.decide(STREAM, batches, 1);
    for (BatchResult result : decision.results()) {
      switch (result) {
        case BatchResult.Counted one -> counted += one.samples();
        case BatchResult.Duplicate one -> {}
        case BatchResult.Stale one -> known++;
        case BatchResult.TooManyProducers none -> throw new AssertionError(none);
      }
    }
    key = decision.after();
  }
}
