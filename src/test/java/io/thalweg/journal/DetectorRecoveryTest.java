package io.thalweg.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.Randomized;
import io.thalweg.domain.RealSeries;
import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.key.Decision;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeySnapshot;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.Outcome;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.key.WindowDetector;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import java.io.NotSerializableException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Keys that are stored, read and go on: what a detector finds does not depend on it. */
final class DetectorRecoveryTest {
  private static final int CUTS = 20;

  private final KeySnapshotSerializer serializer = new KeySnapshotSerializer();

  @Test
  void surprisesAreTheSameBitForBitWhereverAKeyIsCut() throws Exception {
    long anomalies = 0;
    for (RealSeries series : RealSeries.all()) {
      RandomGenerator random = Randomized.seeded(series.size());
      List<KeyBatch> batches = batches(series, random);
      List<List<Outcome>> outcomes = new ArrayList<>();
      List<byte[]> states = new ArrayList<>();
      KeyState state = KeyState.empty(definition());
      for (KeyBatch batch : batches) {
        states.add(stored(state));
        Decision decision = state.decide(definition(), List.of(batch), 0);
        outcomes.add(decision.event().orElseThrow().outcomes());
        state = decision.after();
      }
      anomalies += state.anomalies();
      for (int i = 0; i < CUTS; i++) {
        int cut = random.nextInt(1, batches.size());
        KeyState restored = restored(states.get(cut));
        for (int j = cut; j < batches.size(); j++) {
          Decision decision = restored.decide(definition(), List.of(batches.get(j)), 0);
          assertThat(decision.event().orElseThrow().outcomes())
              .as("%s, cut at %d, batch %d", series.name(), cut, j)
              .isEqualTo(outcomes.get(j));
          restored = decision.after();
        }
        assertThat(restored.snapshot()).as(series.name()).isEqualTo(state.snapshot());
      }
    }
    assertThat(anomalies).isGreaterThan(200);
  }

  private byte[] stored(KeyState state) {
    return serializer.toBinary(state.snapshot());
  }

  private KeyState restored(byte[] bytes) throws NotSerializableException {
    return KeyState.restore(
        (KeySnapshot) serializer.fromBinary(bytes, KeySnapshotSerializer.KEY_1));
  }

  private static List<KeyBatch> batches(RealSeries series, RandomGenerator random) {
    List<KeyBatch> batches = new ArrayList<>();
    int from = 0;
    while (from < series.size()) {
      int to = Math.min(series.size(), from + random.nextInt(1, 100));
      batches.add(
          new KeyBatch(
              "",
              0,
              Arrays.copyOfRange(series.timesNanos(), from, to),
              Arrays.copyOfRange(series.values(), from, to)));
      from = to;
    }
    return batches;
  }

  private static StreamDefinition definition() {
    return new StreamDefinition(
        "nab",
        List.of(new NamedWindow("all", new WindowDefinition.Total())),
        Optional.of(
            WindowDetector.ofKey(new DetectorDefinition.Surprise(3, 0.05, 2_000, 120, 3, 0, true))),
        new TimeRules(0, 0, 0, 0, ZoneId.of("America/New_York")),
        1,
        Statistics.BASIC);
  }
}
