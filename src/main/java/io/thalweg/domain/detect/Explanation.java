package io.thalweg.domain.detect;

import io.thalweg.domain.stats.Summary;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Says in a sentence why a sample was found out of the ordinary. */
public final class Explanation {
  private static final MathContext SHOWN = new MathContext(4);
  private static final double PLAIN_MAX = 1e15;
  private static final double PLAIN_MIN = 1e-4;

  /** Outside by more than this part of a range is far. */
  private static final double FAR = 0.25;

  private Explanation() {}

  /** In English, without a full stop. */
  public static String of(Anomaly anomaly) {
    return switch (anomaly.finding()) {
      case Finding.Distance distance -> distance(anomaly);
      case Finding.OutOfRange range -> outOfRange(anomaly.sample().value(), range);
      case Finding.Unusual unusual -> unusual(anomaly, unusual);
      case Finding.OverLimit over ->
          value(anomaly) + " is " + anomaly.view() + " the limit " + text(over.limit());
    };
  }

  private static String distance(Anomaly anomaly) {
    Summary evidence = anomaly.evidence();
    return value(anomaly)
        + " is "
        + text(anomaly.score())
        + " standard deviations "
        + (anomaly.sample().value() > evidence.mean() ? "above" : "below")
        + " the mean "
        + text(evidence.mean())
        + " of the "
        + number(evidence.count())
        + " samples before it";
  }

  private static String outOfRange(double value, Finding.OutOfRange range) {
    double outside = Math.max(range.min() - value, value - range.max());
    return "value "
        + text(value)
        + " is "
        + (outside > FAR * (range.max() - range.min()) ? "far " : "")
        + "outside the range "
        + text(range.min())
        + " to "
        + text(range.max())
        + " of the last "
        + number(range.samples())
        + " samples";
  }

  private static String unusual(Anomaly anomaly, Finding.Unusual u) {
    String last = "the last " + number(u.samples()) + " samples";
    String side = u.seen() > u.expected() ? "above" : "below";
    String usual = text(u.expected()) + " ± " + text(u.deviation());
    return switch (anomaly.view()) {
      case "shift" ->
          "the mean " + text(u.seen()) + " of " + last + " is " + side + " the usual " + usual;
      case "spread" ->
          last
              + (u.seen() < u.expected() ? " vary less" : " vary more")
              + " than usual: by "
              + text(u.seen())
              + " instead of "
              + usual;
      case "season" ->
          last
              + " lie "
              + text(Math.abs(u.seen() - u.expected()))
              + " "
              + side
              + " what is usual at this time of day, give or take "
              + text(u.deviation());
      case "pattern" ->
          last
              + " form a shape not seen before: "
              + text(u.seen())
              + " from the nearest known one, usual are up to "
              + text(u.expected() + u.deviation());
      case "spike" ->
          value(anomaly) + " is " + side + " the " + usual + " expected at this time of day";
      default -> text(u.seen()) + " of " + last + " is " + side + " the usual " + usual;
    };
  }

  private static String value(Anomaly anomaly) {
    return "value " + text(anomaly.sample().value());
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Four digits that count; very large and very small ones with an exponent. */
  private static String text(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return value == 0 ? "0" : String.valueOf(value);
    }
    double size = Math.abs(value);
    BigDecimal exact = new BigDecimal(value);
    // Whole digits are not rounded away.
    int digits = Math.max(SHOWN.getPrecision(), exact.precision() - exact.scale());
    BigDecimal rounded =
        size < PLAIN_MAX
            ? exact.round(new MathContext(digits)).stripTrailingZeros()
            : exact.round(SHOWN).stripTrailingZeros();
    return size < PLAIN_MAX && size >= PLAIN_MIN ? rounded.toPlainString() : rounded.toString();
  }
}
