package io.thalweg.domain.key;

import static io.thalweg.domain.key.Definitions.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.stats.Summary;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.Window;
import io.thalweg.domain.window.WindowDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * NIST's Statistical Reference Datasets for univariate statistics: as many digits are right as
 * exact arithmetic on the doubles gets right, up to 15; in the total and in each kind of window
 * that holds all values. It prints the table of the page on numbers.
 */
final class NistTest {
  private static final MathContext DIGITS = new MathContext(60);
  private static final double DIGITS_MAX = 15;
  private static final double DIGITS_LOST_MAX = 0.5;
  private static final long HOUR = 3_600 * SECOND;

  @BeforeAll
  static void printHead() {
    System.out.println(
        "| Data set | Values | Mean: exact | total | windows | Deviation: exact | total | windows |");
    System.out.println("|---|---|---|---|---|---|---|---|");
  }

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

    Digits best =
        new Digits(
            digits(exactMean(values).doubleValue(), mean),
            digits(exactDeviation(values), deviation));
    KeyState key = keyWith(values);
    Digits total = Digits.of(key.total(), mean, deviation);
    List<Window> whole =
        key.windows().stream().filter(w -> w.summary().count() == values.length).toList();
    assertThat(whole)
        .extracting(Window::name)
        .contains("sliding-count", "tumbling", "hopping", "session", "total");
    Digits windows =
        whole.stream()
            .map(window -> Digits.of(window.summary(), mean, deviation))
            .reduce(Digits::worse)
            .orElseThrow();
    System.out.printf(
        "| %s | %,d | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f |%n",
        name,
        values.length,
        best.mean,
        total.mean,
        windows.mean,
        best.deviation,
        total.deviation,
        windows.deviation);
    total.assertAsGoodAs(best);
    windows.assertAsGoodAs(best);
  }

  /** How many digits are right. */
  private record Digits(double mean, double deviation) {

    static Digits of(Summary told, BigDecimal mean, BigDecimal deviation) {
      return new Digits(digits(told.mean(), mean), digits(told.sampleDeviation(), deviation));
    }

    Digits worse(Digits that) {
      return new Digits(Math.min(mean, that.mean), Math.min(deviation, that.deviation));
    }

    void assertAsGoodAs(Digits best) {
      assertThat(mean).isGreaterThanOrEqualTo(best.mean - DIGITS_LOST_MAX);
      assertThat(deviation).isGreaterThanOrEqualTo(best.deviation - DIGITS_LOST_MAX);
    }
  }

  /** A key that was sent all values, two a second, in windows that hold them all. */
  private static KeyState keyWith(double[] values) {
    StreamDefinition stream =
        new StreamDefinition(
            "nist",
            List.of(
                new NamedWindow("sliding-count", new WindowDefinition.SlidingCount(values.length)),
                new NamedWindow("tumbling", new WindowDefinition.Tumbling(HOUR, 0)),
                new NamedWindow("hopping", new WindowDefinition.Hopping(HOUR, HOUR / 100, 0)),
                new NamedWindow("session", new WindowDefinition.Session(SECOND)),
                new NamedWindow("total", new WindowDefinition.Total())),
            Optional.empty(),
            new TimeRules(0, 0, 0, 0),
            1,
            Statistics.BASIC);
    long[] times = new long[values.length];
    Arrays.setAll(times, i -> HOUR + i * (SECOND / 2));
    KeyBatch batch = new KeyBatch("", 0, times, values);
    return KeyState.empty(stream).decide(stream, List.of(batch), 0).after();
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
