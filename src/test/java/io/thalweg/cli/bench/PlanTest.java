package io.thalweg.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlanTest {

  @ParameterizedTest
  @EnumSource(Distribution.class)
  void producersShareAllOfTheLoad(Distribution distribution) {
    List<Plan.Lane> lanes = plan(distribution, OptionalDouble.of(0.5), 1_000).lanes();
    assertThat(lanes).hasSize(4);
    assertThat(lanes.stream().mapToDouble(Plan.Lane::share).sum()).isCloseTo(1, within(1e-12));
    assertThat(lanes).extracting(Plan.Lane::hot).containsExactly(false, false, false, true);
    assertThat(lanes.getLast().share()).isEqualTo(0.5);
  }

  @Test
  void hotKeyHasRequestsOfTheSameSizeForItselfAlone() {
    Plan plan = plan(Distribution.UNIFORM, OptionalDouble.of(0.5), 1_000);
    Plan.Lane hot = plan.lanes().getLast();
    assertThat(hot.choice().next()).isEqualTo(plan.allKeys() - 1);
    assertThat(hot.seriesPerBatch()).isEqualTo(1);
    assertThat(hot.batchSamples()).isEqualTo(plan.lanes().getFirst().batchSamples());
  }

  @Test
  void roomIsSharedLikeTheLoadButEachHasRoomForABatch() {
    Plan plan = plan(Distribution.UNIFORM, OptionalDouble.of(0.4), 1_000);
    assertThat(plan.lanes().stream().mapToInt(plan::batchesInFlight))
        .containsExactly(10, 10, 10, 20);
    Plan narrow = plan(Distribution.UNIFORM, OptionalDouble.of(0.4), 1);
    assertThat(narrow.lanes().stream().mapToInt(narrow::batchesInFlight))
        .containsExactly(1, 1, 1, 1);
  }

  private static Plan plan(Distribution distribution, OptionalDouble hotKey, int inFlight) {
    return new Plan(
        new CountWorkload(100),
        OptionalDouble.of(1_000),
        100,
        distribution,
        1,
        hotKey,
        10,
        2,
        3,
        1,
        inFlight,
        0,
        1,
        0,
        false);
  }
}
