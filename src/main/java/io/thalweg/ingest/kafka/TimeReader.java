package io.thalweg.ingest.kafka;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;

/** Makes event times of what stands in a field. */
final class TimeReader {
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int DIGITS_MAX = 40;

  private TimeReader() {}

  /**
   * Nanoseconds since 1970.
   *
   * @throws Poison if it is not a time of the format, or not of the years 1678 to 2261
   */
  static long nanos(Fields fields, RecordLayout.TimeFormat format) throws Poison {
    Fields.Kind kind = fields.kind(Fields.TIME);
    String what =
        format == RecordLayout.TimeFormat.ISO
            ? "a time of ISO 8601 with its offset"
            : "a number of time";
    try {
      if (format == RecordLayout.TimeFormat.ISO) {
        if (kind == Fields.Kind.TEXT) {
          return iso(fields.text(Fields.TIME));
        }
      } else if (kind == Fields.Kind.INTEGER) {
        return Math.multiplyExact(fields.integer(Fields.TIME), unitNanos(format));
      } else if (kind == Fields.Kind.DECIMAL) {
        return decimal(fields.text(Fields.TIME), unitNanos(format));
      }
    } catch (ArithmeticException tooFar) {
      throw fields.not(Fields.TIME, "a time of the years 1678 to 2261");
    } catch (DateTimeException | NumberFormatException none) {
      throw fields.not(Fields.TIME, what);
    }
    throw fields.not(Fields.TIME, what);
  }

  private static long iso(String text) {
    OffsetDateTime time = OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    return Math.addExact(
        Math.multiplyExact(time.toEpochSecond(), NANOS_PER_SECOND), time.getNano());
  }

  private static long decimal(String text, long unitNanos) {
    BigDecimal number = new BigDecimal(text);
    // Guards against exponents that would make numbers of gigabytes.
    if (Math.abs((long) number.scale()) > DIGITS_MAX || number.precision() > DIGITS_MAX) {
      throw new ArithmeticException("too many digits");
    }
    return number
        .multiply(BigDecimal.valueOf(unitNanos))
        .setScale(0, RoundingMode.FLOOR)
        .longValueExact();
  }

  private static long unitNanos(RecordLayout.TimeFormat format) {
    return switch (format) {
      case SECONDS -> NANOS_PER_SECOND;
      case MILLIS -> 1_000_000L;
      case MICROS -> 1_000L;
      case NANOS, ISO -> 1L;
    };
  }
}
