package io.thalweg.domain.key;

import static io.thalweg.domain.key.Definitions.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.Randomized;
import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.stats.ExactSummary;
import io.thalweg.domain.window.WindowDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class KeyStatePropertyTest {

  @Test
  void decidingEvolvingReplayingAndRestoringGiveTheSameBits() {
    Randomized.rounds(150, random -> new History(random).steps(40));
  }

  /** Random deliveries to one key, and beside it what a set and a list know of them. */
  private static final class History {
    private final RandomGenerator random;
    private final List<KeyEvent> journal = new ArrayList<>();
    private final List<KeyBatch> sent = new ArrayList<>();
    private final Map<String, Set<Long>> counted = new HashMap<>();
    private final List<Double> values = new ArrayList<>();
    private final StreamDefinition first;
    private StreamDefinition definition;
    private KeyState state;
    private long now = 1_000 * SECOND;
    private long arrival;
    private long late;
    private long anomalies;

    History(RandomGenerator random) {
      this.random = random;
      first = definition();
      definition = first;
      state = KeyState.empty(first);
    }

    void steps(int steps) {
      for (int i = 0; i < steps; i++) {
        if (random.nextInt(12) == 0) {
          definition = definition();
        }
        deliver(deliveries());
        if (random.nextInt(5) == 0) {
          state = KeyState.restore(state.snapshot());
        }
      }
      assertReplays();
    }

    private void deliver(List<KeyBatch> batches) {
      KeyState before = state;
      KeySnapshot was = before.snapshot();
      Decision decision = before.decide(definition, batches, arrival++);
      KeySnapshot after = decision.after().snapshot();
      check(batches, decision);
      decision.event().ifPresent(journal::add);
      decision.event().ifPresent(e -> assertThat(before.evolve(e).snapshot()).isEqualTo(after));
      assertThat(before.snapshot()).isEqualTo(was);
      state = decision.after();
      assertThat(state.version()).isEqualTo(journal.size());
      assertThat(state.late()).isEqualTo(late);
      assertThat(state.anomalies()).isEqualTo(anomalies);
      new ExactSummary(values).assertMatches(state.total(), 1e-14);
    }

    private void check(List<KeyBatch> batches, Decision decision) {
      List<KeyBatch> expected = new ArrayList<>();
      for (int i = 0; i < batches.size(); i++) {
        KeyBatch batch = batches.get(i);
        BatchResult result = decision.results().get(i);
        if (!isNew(batch)) {
          assertThat(result).isEqualTo(new BatchResult.Duplicate(batch.size()));
        } else if (batch.size() == 0) {
          assertThat(result).isEqualTo(new BatchResult.Counted(0, 0));
        } else {
          assertThat(result).isInstanceOf(BatchResult.Counted.class);
          remember(batch, expected);
        }
      }
      assertThat(decision.event().isPresent()).isEqualTo(!expected.isEmpty());
      decision.event().ifPresent(event -> account(event, expected));
    }

    private void account(KeyEvent event, List<KeyBatch> expected) {
      assertThat(((KeyEvent.Recorded) event).batches()).isEqualTo(expected);
      for (Outcome outcome : event.outcomes()) {
        switch (outcome) {
          case Outcome.LateSample l -> late++;
          case Outcome.AnomalyRaised a -> anomalies++;
          case Outcome.WindowUpdated u -> assertThat(u.window().closed()).isFalse();
          case Outcome.WindowClosed w -> assertThat(w.window().summary().count()).isPositive();
        }
      }
    }

    private void remember(KeyBatch batch, List<KeyBatch> expected) {
      counted.computeIfAbsent(batch.producer(), p -> new HashSet<>()).add(batch.sequence());
      Arrays.stream(batch.values()).forEach(values::add);
      expected.add(batch);
    }

    private boolean isNew(KeyBatch batch) {
      return batch.producer().isEmpty()
          || batch.size() == 0
          || !counted.getOrDefault(batch.producer(), Set.of()).contains(batch.sequence());
    }

    private void assertReplays() {
      KeyState replayed = KeyState.empty(random.nextBoolean() ? first : definition);
      for (KeyEvent event : journal) {
        replayed = replayed.evolve(event);
      }
      if (!journal.isEmpty()) {
        assertThat(replayed.snapshot()).isEqualTo(state.snapshot());
        assertThat(replayed.windows()).isEqualTo(state.windows());
        assertThat(replayed.total()).isEqualTo(state.total());
      }
    }

    private List<KeyBatch> deliveries() {
      List<KeyBatch> batches = new ArrayList<>();
      for (int i = random.nextInt(1, 5); i > 0; i--) {
        boolean again = !sent.isEmpty() && random.nextInt(3) == 0;
        KeyBatch batch = again ? sent.get(random.nextInt(sent.size())) : batch();
        sent.add(batch);
        batches.add(batch);
      }
      return batches;
    }

    private KeyBatch batch() {
      int size = random.nextInt(8);
      long[] times = new long[size];
      double[] samples = new double[size];
      for (int i = 0; i < size; i++) {
        now += random.nextLong(random.nextInt(40) == 0 ? 500 * SECOND : SECOND);
        times[i] = now - random.nextLong(random.nextInt(10) == 0 ? 60 * SECOND : SECOND);
        samples[i] = 1e5 + random.nextGaussian() * (random.nextInt(30) == 0 ? 1e3 : 1);
      }
      String producer = List.of("", "a", "b", "c").get(random.nextInt(4));
      long sequence = producer.isEmpty() ? 0 : random.nextLong(1, 200);
      return new KeyBatch(producer, sequence, times, samples);
    }

    private StreamDefinition definition() {
      WindowDefinition window =
          random.nextBoolean()
              ? new WindowDefinition.SlidingCount(random.nextInt(1, 30))
              : new WindowDefinition.Hopping(random.nextLong(1, 6) * SECOND, SECOND, 0);
      return Definitions.with(window, detector(), random.nextLong(5) * SECOND, 3);
    }

    private Optional<DetectorDefinition> detector() {
      double threshold = random.nextDouble(2, 4);
      return switch (random.nextInt(6)) {
        case 0 -> Optional.empty();
        case 1 -> Optional.of(new DetectorDefinition.ZScore(threshold, 5));
        case 2 -> Optional.of(new DetectorDefinition.Ewma(0.1, threshold, 5));
        case 3 -> Optional.of(new DetectorDefinition.Threshold(1e5 + threshold, 0));
        default ->
            Optional.of(new DetectorDefinition.Surprise(threshold / 2, 0.05, 50, 10, 1, 0, true));
      };
    }
  }
}
