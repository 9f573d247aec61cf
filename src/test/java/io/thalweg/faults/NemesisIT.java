package io.thalweg.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short run with some of the faults; {@code src/bench/nemesis} does long ones with all. */
class NemesisIT {
  private static final long SEED = Long.getLong("thalweg.faults.seed", System.nanoTime());

  /** Beside those of the other tests. */
  private static final int NETWORK = 15;

  private static final Duration LENGTH = Duration.ofSeconds(15);

  private static final List<Fault> KINDS =
      List.of(
          new NodeFaults.Kill(1),
          new DatabaseFaults.AtStep(Trap.Point.AFTER_COMMIT, Trap.What.EVENTS, false),
          new NodeFaults.ProducerGone(),
          new DatabaseFaults.Kill());

  @Test
  void thePromiseHoldsThroughSomeFaults(@TempDir Path folder) throws Exception {
    System.out.println("nemesis: seed " + SEED + " (-Dthalweg.faults.seed repeats the choices)");
    NemesisRun.Result result = new NemesisRun(SEED, LENGTH, KINDS).run(folder, NETWORK);
    System.out.println(new NemesisReport(List.of(result)).markdown());
    assertThat(result.findings().examples()).isEmpty();
    assertThat(result.faults()).isNotEmpty().allMatch(NemesisRun.Inflicted::isConfirmed);
    assertThat(result.seen().acknowledgedBatches()).isPositive();
  }
}
