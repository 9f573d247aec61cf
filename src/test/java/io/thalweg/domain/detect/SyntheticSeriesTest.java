package io.thalweg.domain.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.Randomized;
import io.thalweg.domain.stats.LiveSummary;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** How often the surprise detector alarms without reason, and how often with; prints it. */
final class SyntheticSeriesTest {
  private static final int TRIALS = 200;
  private static final int CALM = 4_000;
  private static final int PATIENCE = 150;
  private static final int SEEDS = 20;
  private static final int SAMPLES = 10_000;

  @Test
  void falseAlertsAreFew() {
    System.out.println("| Noise | False alerts per 10,000 samples | With point-residual |");
    System.out.println("|---|---|---|");
    for (Noise noise : Noise.values()) {
      double off = falseAlerts(noise, false);
      double on = falseAlerts(noise, true);
      System.out.printf(Locale.ROOT, "| %s | %.1f | %.1f |%n", noise.words(), off, on);
      assertThat(off).as(noise.words()).isLessThanOrEqualTo(limit(noise));
      assertThat(on).as(noise.words()).isLessThanOrEqualTo(2 * limit(noise));
    }
  }

  @Test
  void faultsAreCaughtInTime() {
    System.out.println("| Fault | Caught within 150 samples | With point-residual |");
    System.out.println("|---|---|---|");
    for (Fault fault : Fault.values()) {
      double off = caught(fault, false);
      double on = caught(fault, true);
      System.out.printf(
          Locale.ROOT, "| %s | %.1f %% | %.1f %% |%n", fault.words(), 100 * off, 100 * on);
      if (fault == Fault.SPIKE) {
        assertThat(on).isGreaterThan(off + 0.2);
      } else {
        assertThat(off).as(fault.words()).isGreaterThanOrEqualTo(0.9);
        assertThat(on).as(fault.words()).isGreaterThanOrEqualTo(0.9);
      }
    }
  }

  private static double limit(Noise noise) {
    return switch (noise) {
      case NORMAL, AR1, POISSON, HEAVY, DAILY -> 16;
      case WALK -> 24;
      case CONSTANT -> 0;
    };
  }

  private static double falseAlerts(Noise noise, boolean pointResidual) {
    int alerts = 0;
    for (int seed = 1; seed <= SEEDS; seed++) {
      alerts += alerts(noise.series(Randomized.seeded(seed), SAMPLES), pointResidual).size();
    }
    return (double) alerts / SEEDS;
  }

  private static double caught(Fault fault, boolean pointResidual) {
    int caught = 0;
    for (int seed = 1; seed <= TRIALS; seed++) {
      RandomGenerator random = Randomized.seeded(seed);
      int from = CALM + random.nextInt(Noise.DAY);
      double[] calm = fault.noise().series(random, from + PATIENCE);
      double[] values = calm.clone();
      for (int i = from; i < values.length; i++) {
        values[i] = fault.changed(random, calm, from, i);
      }
      caught += alerts(values, pointResidual).stream().anyMatch(i -> i >= from) ? 1 : 0;
    }
    return (double) caught / TRIALS;
  }

  private static List<Integer> alerts(double[] values, boolean pointResidual) {
    DetectorDefinition definition =
        new DetectorDefinition.Surprise(3, 0.05, 2_000, 120, 3, 0, pointResidual);
    Detector detector = Detector.of(Optional.of(definition), ZoneOffset.UTC, DetectorMemory.EMPTY);
    List<Integer> alerts = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      if (detector.judge(i * Noise.STEP_NANOS, values[i], LiveSummary.NOTHING).isPresent()) {
        alerts.add(i);
      }
    }
    return alerts;
  }
}
