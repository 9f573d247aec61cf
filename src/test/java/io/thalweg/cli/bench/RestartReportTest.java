package io.thalweg.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.thalweg.cli.bench.Restarts.Restart;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class RestartReportTest {
  private static final RestartPlan PLAN = new RestartPlan(10, 100, 2);

  @Test
  void snapshotIsFollowedByAsManyEventsAsWereAskedFor() {
    assertThat(PLAN.eventsPerKey() % PLAN.snapshotEvery()).isEqualTo(100);
    assertThat(PLAN.eventsPerKey() / PLAN.snapshotEvery()).isEqualTo(1);
    assertThat(PLAN.settings()).contains("thalweg.entity.snapshot-every-events = 101\n");
  }

  @Test
  void eachFigureHasAMedianOfItsOwn() {
    Restarts odd = restarts(new Restart(1, 5, 9), new Restart(3, 4, 8), new Restart(2, 6, 7));
    assertThat(odd.median()).isEqualTo(new Restart(2, 5, 8));
    Restarts even = restarts(new Restart(1, 5, 9), new Restart(3, 4, 8));
    assertThat(even.median()).isEqualTo(new Restart(2, 4.5, 8.5));
  }

  @Test
  void documentHoldsAllRestartsAndTheGoals() {
    Restarts restarts = restarts(new Restart(1, 5, 9), new Restart(3, 4, 8));
    JsonNode json = RestartReport.json(PLAN, "rocksdb", restarts);
    assertThat(json.at("/median/first_ack_seconds").asDouble()).isEqualTo(4.5);
    assertThat(json.at("/median/all_keys_seconds").asDouble()).isEqualTo(8.5);
    assertThat(json.at("/goal/all_keys_seconds").asDouble()).isEqualTo(8);
    assertThat(json.at("/restarts/1/listening_seconds").asDouble()).isEqualTo(3);
    assertThat(json.at("/parameters/events_behind_snapshot").asInt()).isEqualTo(100);
    assertThat(json.at("/parameters/journal").asText()).isEqualTo("rocksdb");
    assertThat(json.path("lost").asLong(-1)).isZero();
    assertThat(RestartReport.text(restarts, Ansi.OFF))
        .anyMatch(line -> line.contains("median") && line.contains("4.50 s"));
  }

  @Test
  void lossAfterARestartIsNotRight() {
    Findings lost = new Findings(1, 0, 4, 4, 1, 0, 0, List.of("key-1: one is missing"));
    Restarts restarts = new Restarts(List.of(new Restart(1, 2, 3)), lost);
    assertThat(restarts.isRight()).isFalse();
    assertThat(RestartReport.complaints(restarts)).containsExactly("key-1: one is missing");
  }

  @Test
  void whatIsOutOfBoundsIsNamedByItsOption() {
    assertThatThrownBy(() -> new RestartPlan(0, 1, 1)).hasMessageContaining("--keys");
    assertThatThrownBy(() -> new RestartPlan(1, 0, 1)).hasMessageContaining("--events");
    assertThatThrownBy(() -> new RestartPlan(1, 1, 0)).hasMessageContaining("--restarts");
  }

  private static Restarts restarts(Restart... all) {
    return new Restarts(List.of(all), Findings.NONE);
  }
}
