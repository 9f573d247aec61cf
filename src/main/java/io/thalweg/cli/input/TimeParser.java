package io.thalweg.cli.input;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Reads times: ISO 8601 with a {@code T} or a space between date and time, or numbers since 1970.
 *
 * @param zone of times that have no offset; where clocks are set back, the earlier one is meant
 * @param unit of numbers; a fraction below the nanosecond is cut off
 */
public record TimeParser(ZoneId zone, TimeUnit unit) {
  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d*)?([eE][+-]?\\d+)?");
  private static final int DATE_LENGTH = "2015-09-08".length();
  private static final int DIGITS_MAX = 40;
  private static final DateTimeFormatter TEXT =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter(Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT); // there is no 30 February

  /**
   * Nanoseconds since 1970.
   *
   * @throws IllegalArgumentException if it is no time, or not one of the years 1678 to 2261
   */
  public long parse(String text) {
    try {
      return NUMBER.matcher(text).matches() ? ofNumber(new BigDecimal(text)) : ofText(text);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("time '" + text + "' is out of range", e);
    } catch (DateTimeException | NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is not a time", e);
    }
  }

  private long ofNumber(BigDecimal number) {
    // Guards against exponents that would make numbers of gigabytes.
    if (Math.abs((long) number.scale()) > DIGITS_MAX || number.precision() > DIGITS_MAX) {
      throw new ArithmeticException("too many digits");
    }
    BigDecimal nanos = number.multiply(BigDecimal.valueOf(unit.toNanos(1)));
    return nanos.setScale(0, RoundingMode.FLOOR).longValueExact();
  }

  private long ofText(String text) {
    boolean spaced = text.length() > DATE_LENGTH && text.charAt(DATE_LENGTH) == ' ';
    String iso =
        spaced ? text.substring(0, DATE_LENGTH) + 'T' + text.substring(DATE_LENGTH + 1) : text;
    return switch (TEXT.parseBest(iso, OffsetDateTime::from, LocalDateTime::from)) {
      case OffsetDateTime time -> nanos(time.toInstant());
      case LocalDateTime time -> nanos(time.atZone(zone).toInstant());
      default -> throw new DateTimeException(text);
    };
  }

  private static long nanos(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
  }
}
