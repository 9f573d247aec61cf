package io.thalweg.cli.nab.figure;

import io.thalweg.cli.output.Numbers;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A value that an axis names. */
record Tick(double value, String label) {
  private static final int TIMES_MAX = 8;
  private static final double NANOS = 1e9;
  private static final List<Duration> STEPS =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofHours(1),
          Duration.ofHours(3),
          Duration.ofHours(6),
          Duration.ofHours(12),
          Duration.ofDays(1),
          Duration.ofDays(2),
          Duration.ofDays(7),
          Duration.ofDays(14));
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);

  /** At most some eight round times, in nanoseconds since 1970. */
  static List<Tick> times(long fromNanos, long toNanos) {
    double span = (toNanos - fromNanos) / NANOS;
    for (Duration step : STEPS) {
      if (span / step.toSeconds() <= TIMES_MAX) {
        return multiples(fromNanos, toNanos, step);
      }
    }
    return months(fromNanos, toNanos);
  }

  /** Two to five round values. */
  static List<Tick> values(double low, double high) {
    double step = roundStep((high - low) / 5);
    List<Tick> ticks = new ArrayList<>();
    for (double i = Math.ceil(low / step); i * step <= high; i++) {
      ticks.add(new Tick(i * step, shortened(i * step)));
    }
    return ticks;
  }

  private static List<Tick> multiples(long fromNanos, long toNanos, Duration step) {
    DateTimeFormatter format = step.compareTo(Duration.ofDays(1)) < 0 ? MINUTE : DAY;
    List<Tick> ticks = new ArrayList<>();
    long nanos = step.toNanos();
    for (long at = Math.ceilDiv(fromNanos, nanos) * nanos; at <= toNanos; at += nanos) {
      ticks.add(new Tick(at, utc(at).format(format)));
    }
    return ticks;
  }

  private static List<Tick> months(long fromNanos, long toNanos) {
    LocalDate first = utc(fromNanos - 1).toLocalDate().withDayOfMonth(1).plusMonths(1);
    LocalDate last = utc(toNanos).toLocalDate();
    long step = ChronoUnit.MONTHS.between(first, last) / TIMES_MAX + 1;
    List<Tick> ticks = new ArrayList<>();
    for (LocalDate at = first; !at.isAfter(last); at = at.plusMonths(step)) {
      double nanos = at.toEpochSecond(LocalTime.MIN, ZoneOffset.UTC) * NANOS;
      ticks.add(new Tick(nanos, at.format(DAY)));
    }
    return ticks;
  }

  private static LocalDateTime utc(long unixNanos) {
    return LocalDateTime.ofInstant(Instant.EPOCH.plusNanos(unixNanos), ZoneOffset.UTC);
  }

  /** The next of 1, 2 and 5 times a power of ten. */
  private static double roundStep(double step) {
    double power = Math.pow(10, Math.floor(Math.log10(step)));
    double digits = step / power;
    return power * (digits <= 1 ? 1 : digits <= 2 ? 2 : digits <= 5 ? 5 : 10);
  }

  /** Thousands, millions and milliards by letters. */
  private static String shortened(double value) {
    double size = Math.abs(value);
    if (size >= 1e9) {
      return digits(value / 1e9) + "G";
    }
    if (size >= 1e6) {
      return digits(value / 1e6) + "M";
    }
    return size >= 1e3 ? digits(value / 1e3) + "k" : digits(value);
  }

  private static String digits(double value) {
    return Numbers.text(value);
  }
}
