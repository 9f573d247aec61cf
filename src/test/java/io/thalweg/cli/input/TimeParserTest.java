package io.thalweg.cli.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeParserTest {
  private static final TimeParser UTC_MILLIS =
      new TimeParser(ZoneOffset.UTC, TimeUnit.MILLISECONDS);

  @ParameterizedTest
  @CsvSource({
    "2015-09-08T11:39:00Z, 2015-09-08T11:39:00Z",
    "2015-09-08 11:39:00, 2015-09-08T11:39:00Z",
    "2015-09-08 11:39, 2015-09-08T11:39:00Z",
    "2015-09-08 11:39:00.123456789, 2015-09-08T11:39:00.123456789Z",
    "2015-09-08T11:39:00+02:00, 2015-09-08T09:39:00Z",
    "2015-09-08T11:39:00+0200, 2015-09-08T09:39:00Z",
    "2015-09-08 11:39:00-05, 2015-09-08T16:39:00Z",
    "1441712340000, 2015-09-08T11:39:00Z",
    "1441712340000.25, 2015-09-08T11:39:00.000250Z",
    "1.44171234E12, 2015-09-08T11:39:00Z",
    "-1, 1969-12-31T23:59:59.999Z",
  })
  void timesAreRead(String text, Instant expected) {
    long nanos = expected.getEpochSecond() * 1_000_000_000L + expected.getNano();
    assertThat(UTC_MILLIS.parse(text)).isEqualTo(nanos);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "2015-09-08",
        "2015-13-08 11:39:00",
        "2015-02-30T00:00:00Z",
        "11:39",
        "1e999999999",
        "1e-999999999",
        "99999999999999999999",
        "2500-01-01T00:00:00Z",
        "NaN"
      })
  void whatIsNoTimeIsRefusedByName(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> UTC_MILLIS.parse(text))
        .withMessageContaining("'" + text + "'");
  }

  @Test
  void unitsScaleNumbers() {
    for (TimeUnit unit :
        new TimeUnit[] {
          TimeUnit.SECONDS, TimeUnit.MILLISECONDS, TimeUnit.MICROSECONDS, TimeUnit.NANOSECONDS
        }) {
      assertThat(new TimeParser(ZoneOffset.UTC, unit).parse("7")).isEqualTo(unit.toNanos(7));
    }
  }

  @Test
  void theZoneIsOfTimesWithoutOffset() {
    TimeParser berlin = new TimeParser(ZoneId.of("Europe/Berlin"), TimeUnit.MILLISECONDS);
    assertThat(berlin.parse("2015-09-08 11:39:00"))
        .isEqualTo(UTC_MILLIS.parse("2015-09-08 09:39:00"));
    assertThat(berlin.parse("2015-09-08T11:39:00Z"))
        .isEqualTo(UTC_MILLIS.parse("2015-09-08 11:39:00"));
    assertThat(berlin.parse("2015-10-25 02:30:00"))
        .as("of the two, the earlier")
        .isEqualTo(UTC_MILLIS.parse("2015-10-25 00:30:00"));
  }
}
