package io.thalweg.domain.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.stats.Summary;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * NIST's Statistical Reference Datasets for univariate statistics: as many digits are right as
 * exact arithmetic on the doubles gets right, up to 15.
 */
final class NistTest {
  private static final MathContext DIGITS = new MathContext(60);
  private static final double DIGITS_MAX = 15;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PiDigits",
        "Lottery",
        "Lew",
        "Mavro",
        "Michelso",
        "NumAcc1",
        "NumAcc2",
        "NumAcc3",
        "NumAcc4"
      })
  void meanAndDeviationAreAsGoodAsExactArithmetic(String name) throws IOException {
    List<String> lines = lines(name);
    BigDecimal mean = certified(lines, "(Sample Mean|mean) .*");
    BigDecimal deviation = certified(lines, "(Sample Standard Deviation|standardDeviation) .*");
    double[] values = values(lines);

    Summary told = total(values);
    double meanDigits = digits(told.mean(), mean);
    double deviationDigits = digits(told.sampleDeviation(), deviation);
    double meanBest = digits(exactMean(values).doubleValue(), mean);
    double deviationBest = digits(exactDeviation(values), deviation);
    System.out.printf(
        "%-8s  mean %5.2f of %5.2f digits  deviation %5.2f of %5.2f digits%n",
        name, meanDigits, meanBest, deviationDigits, deviationBest);
    assertThat(meanDigits).isGreaterThanOrEqualTo(meanBest - 0.5);
    assertThat(deviationDigits).isGreaterThanOrEqualTo(deviationBest - 0.5);
  }

  private static Summary total(double[] values) {
    StreamDefinition stream = Definitions.counting(1);
    KeyBatch batch = new KeyBatch("", 0, new long[values.length], values);
    return KeyState.empty(stream).decide(stream, List.of(batch), 0).after().total();
  }

  private static double digits(double told, BigDecimal certified) {
    double error =
        new BigDecimal(told)
            .subtract(certified)
            .abs()
            .divide(certified.abs(), DIGITS)
            .doubleValue();
    return error == 0 ? DIGITS_MAX : Math.min(DIGITS_MAX, -Math.log10(error));
  }

  private static BigDecimal exactMean(double[] values) {
    return Arrays.stream(values)
        .mapToObj(BigDecimal::new)
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .divide(BigDecimal.valueOf(values.length), DIGITS);
  }

  private static double exactDeviation(double[] values) {
    BigDecimal mean = exactMean(values);
    return Arrays.stream(values)
        .mapToObj(x -> new BigDecimal(x).subtract(mean).pow(2, DIGITS))
        .reduce(BigDecimal.ZERO, BigDecimal::add)
        .divide(BigDecimal.valueOf(values.length - 1), DIGITS)
        .sqrt(DIGITS)
        .doubleValue();
  }

  private static BigDecimal certified(List<String> lines, String what) {
    String line = lines.stream().filter(l -> l.strip().matches(what)).findFirst().orElseThrow();
    String value = line.replaceFirst(".*[:=] ", "").strip();
    return new BigDecimal(value.split("\\s+", 2)[0]);
  }

  private static double[] values(List<String> lines) {
    int rule = lines.size() - 1;
    while (!lines.get(rule).matches("---.*|###.*")) {
      rule--;
    }
    return lines.subList(rule + 1, lines.size()).stream()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  private static List<String> lines(String name) throws IOException {
    try (InputStream in = NistTest.class.getResourceAsStream("/nist/" + name + ".txt")) {
      byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
      return new String(bytes, StandardCharsets.US_ASCII).lines().toList();
    }
  }
}
