package io.thalweg.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Help.Ansi;

class OutputTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "-0.0, 0",
    "1, 1",
    "100000000, 100000000",
    "1234567, 1234570",
    "0.1, 0.1",
    "-2.3456789, -2.34568",
    "1e-7, 1E-7",
    "1.5e300, 1.5E+300",
  })
  void numbersShowSixDigits(double value, String expected) {
    assertThat(Numbers.text(value)).isEqualTo(expected);
  }

  @Test
  void timesAreIsoWithTheDigitsTheyHave() {
    assertThat(Times.iso(0)).isEqualTo("1970-01-01T00:00:00Z");
    assertThat(Times.iso(1_500_000_001L)).isEqualTo("1970-01-01T00:00:01.500000001Z");
    assertThat(Times.iso(-1)).isEqualTo("1969-12-31T23:59:59.999999999Z");
    assertThat(Times.duration(61_000_000_000L)).isEqualTo("1m1s");
  }

  @Test
  void sparklinesSpanFromLeastToGreatest() {
    assertThat(Sparkline.of(new double[] {0, 1, 2, 3, 4, 5, 6, 7}, 8)).isEqualTo("▁▂▃▄▅▆▇█");
    assertThat(Sparkline.of(new double[] {1, 1, 9, 9}, 2)).isEqualTo("▁█");
    assertThat(Sparkline.of(new double[] {5, 5}, 10)).isEqualTo("▁▁");
    assertThat(Sparkline.of(new double[0], 10)).isEmpty();
  }

  @Test
  void columnsAlign() {
    Table table = new Table("KEY", "N", "NOTE");
    table.row("a", "1000", "x");
    table.row("long", "1", "yy");
    assertThat(table.lines(Ansi.OFF))
        .containsExactly("KEY      N  NOTE", "a     1000  x", "long     1  yy");
  }
}
