package io.thalweg.domain.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.Summary;
import org.junit.jupiter.api.Test;

final class ExplanationTest {
  private static final Summary TEN = new Summary(2_048, 5, 4, 4, 1, 9, 10_240);

  @Test
  void aDistanceFromTheMean() {
    assertThat(explained(13, "high", new Finding.Distance()))
        .isEqualTo(
            "value 13 is 4.5 standard deviations above the mean 5 of the 2,048 samples before it");
    assertThat(explained(-13, "low", new Finding.Distance()))
        .startsWith("value -13 is 4.5 standard deviations below");
  }

  @Test
  void aValueOutsideARange() {
    assertThat(explained(39.2, "range", new Finding.OutOfRange(71.4, 88, 2_048)))
        .isEqualTo("value 39.2 is far outside the range 71.4 to 88 of the last 2,048 samples");
    assertThat(explained(89, "range", new Finding.OutOfRange(71.4, 88, 100)))
        .isEqualTo("value 89 is outside the range 71.4 to 88 of the last 100 samples");
  }

  @Test
  void aMeasureThatIsNotAsUsual() {
    assertThat(explained(1, "shift", new Finding.Unusual(80.123456, 2.3, 39, 16)))
        .isEqualTo("the mean 39 of the last 16 samples is below the usual 80.12 ± 2.3");
    assertThat(explained(1, "spread", new Finding.Unusual(2.5, 0.5, 0.01, 48)))
        .isEqualTo("the last 48 samples vary less than usual: by 0.01 instead of 2.5 ± 0.5");
    assertThat(explained(1, "spread", new Finding.Unusual(2.5, 0.5, 9, 48)))
        .startsWith("the last 48 samples vary more than usual");
    assertThat(explained(1, "season", new Finding.Unusual(0.5, 0.25, 12.5, 24)))
        .isEqualTo(
            "the last 24 samples lie 12 above what is usual at this time of day, give or take 0.25");
    assertThat(explained(1, "pattern", new Finding.Unusual(0, 0.4, 2.1, 3)))
        .isEqualTo(
            "the last 3 samples form a shape not seen before: 2.1 from the nearest known one, usual"
                + " are up to 0.4");
    assertThat(explained(60, "spike", new Finding.Unusual(22, 2, 60, 1)))
        .isEqualTo("value 60 is above the 22 ± 2 expected at this time of day");
    assertThat(explained(60, "new", new Finding.Unusual(22, 2, 60, 7)))
        .isEqualTo("60 of the last 7 samples is above the usual 22 ± 2");
  }

  @Test
  void aLimit() {
    assertThat(explained(1_234_567, "above", new Finding.OverLimit(1_000_000)))
        .isEqualTo("value 1234567 is above the limit 1000000");
    assertThat(explained(1e-9, "below", new Finding.OverLimit(2.5e300)))
        .isEqualTo("value 1E-9 is below the limit 2.5E+300");
  }

  private static String explained(double value, String view, Finding finding) {
    return Explanation.of(new Anomaly(new Sample(0, value), 4.5, 3, "d/1", view, TEN, finding));
  }
}
