package io.thalweg.cli.nab.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TickTest {

  @Test
  void aWeekIsNamedByDays() {
    assertThat(times("2015-09-08T11:39:00Z", "2015-09-13T16:00:00Z"))
        .extracting(Tick::label)
        .containsExactly("9 Sep", "10 Sep", "11 Sep", "12 Sep", "13 Sep");
  }

  @Test
  void halfAYearIsNamedByMonths() {
    List<Tick> ticks = times("2014-07-01T00:00:00Z", "2015-01-31T23:30:00Z");
    assertThat(ticks)
        .extracting(Tick::label)
        .containsExactly("1 Jul", "1 Aug", "1 Sep", "1 Oct", "1 Nov", "1 Dec", "1 Jan");
    assertThat(ticks.getFirst().value()).isEqualTo(1_404_172_800e9);
  }

  @Test
  void anHourIsNamedByMinutes() {
    assertThat(times("2014-07-01T10:01:00Z", "2014-07-01T11:00:00Z"))
        .extracting(Tick::label)
        .containsExactly("1 Jul 10:15", "1 Jul 10:30", "1 Jul 10:45", "1 Jul 11:00");
  }

  @Test
  void decadesAreNamedByYearsOrSo() {
    assertThat(times("1980-01-01T00:00:00Z", "2020-01-01T00:00:00Z")).hasSizeBetween(4, 9);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 100, '0,20,40,60,80,100'",
    "-1.2, 3, '-1,0,1,2,3'",
    "0, 39000, '0,10k,20k,30k'",
    "0, 8.7e8, '0,200M,400M,600M,800M'",
    "0.001, 0.0035, '0.001,0.0015,0.002,0.0025,0.003,0.0035'"
  })
  void valuesAreRoundAndShort(double low, double high, String labels) {
    assertThat(Tick.values(low, high)).extracting(Tick::label).containsExactly(labels.split(","));
  }

  private static List<Tick> times(String from, String to) {
    return Tick.times(nanos(from), nanos(to));
  }

  private static long nanos(String time) {
    return Instant.parse(time).getEpochSecond() * 1_000_000_000L;
  }
}
