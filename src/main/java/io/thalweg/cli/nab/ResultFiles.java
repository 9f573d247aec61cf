package io.thalweg.cli.nab;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Anomaly scores row by row, in files as the benchmark's own programs read them: {@code
 * <detector>/<folder>/<detector>_<name>.csv}.
 */
public final class ResultFiles {
  private static final long NANOS = 1_000_000_000L;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  private ResultFiles() {}

  /** Creates folders that are missing and replaces files that are there. */
  public static void write(NabResult result, Path into) throws IOException {
    String detector = result.detector().replaceFirst("/.*", ""); // without its version
    for (Detection detection : result.detections()) {
      LabelledSeries series = detection.series();
      Path folder = into.resolve(detector).resolve(series.folder());
      Files.createDirectories(folder);
      write(detection, folder.resolve(detector + "_" + series.name() + ".csv"));
    }
  }

  private static void write(Detection detection, Path file) throws IOException {
    LabelledSeries series = detection.series();
    double[] scores = detection.scores();
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file))) {
      out.print("timestamp,value,anomaly_score,label\n");
      for (int row = 0; row < scores.length; row++) {
        out.print(
            time(series.samples().timesNanos()[row])
                + ","
                + series.samples().values()[row]
                + ","
                + scores[row]
                + ","
                + (series.windowAt(row).isPresent() ? 1 : 0)
                + "\n");
      }
      if (out.checkError()) {
        throw new IOException("could not write " + file);
      }
    }
  }

  private static String time(long unixNanos) {
    long second = Math.floorDiv(unixNanos, NANOS);
    return LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC).format(TIME);
  }
}
