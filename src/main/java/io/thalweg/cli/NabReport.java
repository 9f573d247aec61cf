package io.thalweg.cli;

import io.thalweg.cli.nab.Detection;
import io.thalweg.cli.nab.NabResult;
import io.thalweg.cli.nab.Profile;
import io.thalweg.cli.nab.Score;
import io.thalweg.cli.output.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import picocli.CommandLine.Help.Ansi;

/** A result for people. */
final class NabReport {
  private NabReport() {}

  static List<String> text(NabResult result, Ansi ansi) {
    List<String> lines = new ArrayList<>();
    lines.add("Each series: raw scores, and counts at the standard profile's threshold.");
    lines.addAll(series(result).lines(ansi));
    lines.add("");
    lines.add("Each folder: scores from 0, no alert at all, to 100, perfect.");
    lines.addAll(folders(result).lines(ansi));
    lines.add("");
    lines.add(
        "In all, by %s: %,d rows of %d series."
            .formatted(result.detector(), rows(result.detections()), result.detections().size()));
    lines.addAll(profiles(result).lines(ansi));
    return lines;
  }

  private static Table series(NabResult result) {
    Table table = scores("FILE");
    for (Detection detection : result.detections()) {
      Score standard = result.score(detection, Profile.STANDARD);
      table.row(
          detection.series().folder(),
          whole(detection.series().rows()),
          whole(standard.windows()),
          whole(standard.hits()),
          whole(standard.missed()),
          whole(standard.falseAlerts()),
          fraction(standard.raw()),
          fraction(result.score(detection, Profile.REWARD_LOW_FP).raw()),
          fraction(result.score(detection, Profile.REWARD_LOW_FN).raw()),
          detection.series().name());
    }
    return table;
  }

  private static Table scores(String last) {
    return new Table(
        "FOLDER",
        "ROWS",
        "WINDOWS",
        "HITS",
        "MISSED",
        "FALSE",
        "STANDARD",
        "LOW FP",
        "LOW FN",
        last);
  }

  private static Table folders(NabResult result) {
    Table table = scores("FILES");
    for (Map.Entry<String, List<Detection>> folder : result.byFolder().entrySet()) {
      List<Detection> detections = folder.getValue();
      Score standard = result.score(detections, Profile.STANDARD);
      table.row(
          folder.getKey(),
          whole(rows(detections)),
          whole(standard.windows()),
          whole(standard.hits()),
          whole(standard.missed()),
          whole(standard.falseAlerts()),
          normalised(standard),
          normalised(result.score(detections, Profile.REWARD_LOW_FP)),
          normalised(result.score(detections, Profile.REWARD_LOW_FN)),
          whole(detections.size()));
    }
    return table;
  }

  private static Table profiles(NabResult result) {
    Table table =
        new Table(
            "PROFILE",
            "THRESHOLD",
            "WINDOWS",
            "HITS",
            "MISSED",
            "FALSE",
            "RAW",
            "NO ALERT",
            "PERFECT",
            "SCORE");
    for (Profile profile : Profile.values()) {
      Score score = result.score(profile);
      table.row(
          profile.label(),
          String.format(Locale.ROOT, "%.4f", result.threshold(profile)),
          whole(score.windows()),
          whole(score.hits()),
          whole(score.missed()),
          whole(score.falseAlerts()),
          fraction(score.raw()),
          fraction(score.baseline()),
          fraction(score.perfect()),
          normalised(score));
    }
    return table;
  }

  private static long rows(List<Detection> detections) {
    return detections.stream().mapToLong(detection -> detection.series().rows()).sum();
  }

  private static String whole(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String fraction(double number) {
    return String.format(Locale.ROOT, "%.2f", number + 0.0); // no -0
  }

  private static String normalised(Score score) {
    OptionalDouble normalised = score.normalised();
    return normalised.isEmpty()
        ? "-"
        : String.format(Locale.ROOT, "%.1f", normalised.getAsDouble());
  }
}
