package io.thalweg.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class CpuMeterTest {

  @Test
  void timesAreReadBehindAnyName() {
    String stat =
        "4711 (odd ) name (x) S 1 4711 4711 0 -1 4194560 9 8 7 6 150 50 30 20 20 0 25 0 123 0 0";
    assertThat(CpuMeter.parse(stat)).isEqualTo(Duration.ofMillis(2_500));
  }

  @Test
  void thisProcessHasUsedSome() {
    CpuMeter self = new CpuMeter(ProcessHandle.current().pid(), true);
    assertThat(self.cpu()).hasValueSatisfying(cpu -> assertThat(cpu).isPositive());
  }

  @Test
  void aProcessThatIsNotThereIsNotKnown() {
    CpuMeter nobody = new CpuMeter(Long.MAX_VALUE, true);
    assertThat(nobody.cpu()).isEmpty();
    assertThat(nobody.residentMegabytes()).isEmpty();
  }
}
