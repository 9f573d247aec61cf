package io.thalweg.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.Outcome;
import io.thalweg.domain.key.Shards;
import io.thalweg.domain.sample.Sample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.api.Test;

/** What queues of results hold to, whatever the store. */
public abstract class QueueScript {
  private static final String QUEUE = "alerts";
  private static final int KEYS = 40;
  private static final int EVENTS = 50;

  /** Opens the same store again and again. */
  protected abstract JournalFixture open();

  @Test
  void whoReadsOnWhileOthersWriteMissesNothing() throws Exception {
    try (JournalFixture journal = open()) {
      AtomicInteger woken = new AtomicInteger();
      fill(journal, woken::incrementAndGet);
      TestKit actor = new TestKit(journal.system);
      for (int event = 1; event <= EVENTS; event++) {
        for (int key = 0; key < KEYS; key++) {
          journal.send(actor.getRef(), "s/" + key, event, late(event));
        }
      }
      Map<Integer, Long> after = new HashMap<>();
      Map<String, Long> versions = new HashMap<>();
      int found = 0;
      long deadline = System.nanoTime() + 60_000_000_000L;
      while (found < KEYS * EVENTS) {
        assertThat(System.nanoTime() - deadline).as("found " + found).isNegative();
        for (StoredQueues.Place place : places(journal)) {
          after.putIfAbsent(place.shard(), 0L);
        }
        for (QueuedResults next : read(journal, after, 7)) {
          assertThat(next.number()).isEqualTo(after.getOrDefault(next.shard(), 0L) + 1);
          after.put(next.shard(), next.number());
          assertThat(next.version())
              .isEqualTo(versions.merge(next.key().entityId(), 1L, Long::sum));
          assertThat(next.results())
              .containsExactly(
                  new QueuedResults.Numbered(
                      1, new Outcome.LateSample(new Sample(next.version(), next.version()))));
          found++;
        }
      }
      assertThat(journal.answers(actor, KEYS * EVENTS)).hasSize(KEYS * EVENTS);
      assertThat(woken.get()).isPositive();
      assertThat(read(journal, after, 7)).isEmpty();
      assertThat(places(journal))
          .allMatch(place -> place.head() == after.getOrDefault(place.shard(), 0L));
    }
  }

  @Test
  void whatIsRefusedOrNotWantedIsNotQueued() throws Exception {
    try (JournalFixture journal = open()) {
      journal.write("s/before", 1, late(1));
      fill(journal, () -> {});
      journal.write("s/gap", 2, late(2));
      journal.write("other/a", 1, late(1));
      journal.write("s/quiet", 1, new KeyEvent.Idled(Optional.empty(), 1, List.of()));
      assertThat(places(journal)).isEmpty();
    }
  }

  @Test
  void placeOnlyGrowsAndNumbersGoOnAfterARestart() throws Exception {
    int shard = new Shards(ConfigFactory.load().getInt("thalweg.cluster.shards")).of("s/a");
    try (JournalFixture journal = open()) {
      fill(journal, () -> {});
      journal.write("s/a", 1, late(1), late(2), late(3));
      told(journal, shard, 3, 0);
      told(journal, shard, 2, 1);
      StoredQueues queues = JournalStore.get(journal.system).queues().stored();
      assertThat(
              queues
                  .delete(QUEUE, List.of(new StoredQueues.Done(shard, 0, 2)))
                  .toCompletableFuture()
                  .get())
          .isTrue();
      queues.delete(QUEUE, List.of(new StoredQueues.Done(shard, 2, 3))).toCompletableFuture().get();
    }
    try (JournalFixture journal = open()) {
      fill(journal, () -> {});
      assertThat(places(journal)).containsExactly(new StoredQueues.Place(shard, 3, 3, 1));
      journal.write("s/a", 4, late(4));
      assertThat(read(journal, Map.of(shard, 0L), 10))
          .extracting(QueuedResults::number)
          .containsExactly(4L);
      assertThat(
              JournalStore.get(journal.system)
                  .queues()
                  .stored()
                  .names()
                  .toCompletableFuture()
                  .get())
          .containsExactly(QUEUE);
    }
  }

  /** Two outcomes, of which the second is wanted. */
  protected static KeyEvent late(long number) {
    return new KeyEvent.Idled(
        Optional.empty(),
        number,
        List.of(
            new Outcome.LateSample(new Sample(0, -1)),
            new Outcome.LateSample(new Sample(number, number))));
  }

  protected static void fill(JournalFixture journal, Runnable wake) {
    JournalStore.get(journal.system)
        .queues()
        .fill(
            List.of(
                new ResultQueue(
                    QUEUE,
                    Set.of("s"),
                    outcome ->
                        outcome instanceof Outcome.LateSample late && late.sample().value() > 0)),
            wake);
  }

  protected static List<StoredQueues.Place> places(JournalFixture journal) throws Exception {
    return JournalStore.get(journal.system)
        .queues()
        .stored()
        .places(QUEUE)
        .toCompletableFuture()
        .get();
  }

  protected static List<QueuedResults> read(
      JournalFixture journal, Map<Integer, Long> after, int limit) throws Exception {
    return new ArrayList<>(
        JournalStore.get(journal.system)
            .queues()
            .read(QUEUE, after, limit)
            .toCompletableFuture()
            .get());
  }

  private static void told(JournalFixture journal, int shard, long upTo, long lost)
      throws Exception {
    JournalStore.get(journal.system)
        .queues()
        .stored()
        .told(QUEUE, List.of(new StoredQueues.Told(shard, upTo, lost)))
        .toCompletableFuture()
        .get();
  }
}
