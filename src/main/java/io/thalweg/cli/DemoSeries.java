package io.thalweg.cli;

import io.thalweg.cli.input.Format;
import io.thalweg.cli.input.InputException;
import io.thalweg.cli.input.Mapping;
import io.thalweg.cli.input.Source;
import io.thalweg.cli.input.TimeParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A series of the bundled data.
 *
 * @param key the group and the name: {@code realTraffic/speed_7578}
 */
record DemoSeries(String key, Source source) {
  private static final String HOME = "thalweg.home";

  /** The folder of the bundled data: of the installed program, or of the source tree. */
  static Path bundled() {
    String home = System.getProperty(HOME);
    Path demo = home == null ? Path.of("src", "main", "demo") : Path.of(home, "demo");
    return demo.resolve("nab").resolve("data");
  }

  /** The files {@code <group>/<name>.csv} of a folder, by key, at most {@code limit}. */
  static List<DemoSeries> find(Path folder, int limit) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new InputException(
          "no demo data in " + folder.toAbsolutePath() + "; -D" + HOME + " says where it is");
    }
    try (Stream<Path> files = Files.walk(folder, 2)) {
      return files
          .filter(file -> file.toString().endsWith(".csv"))
          .map(file -> new DemoSeries(key(folder, file), new Source(file)))
          .sorted(Comparator.comparing(DemoSeries::key))
          .limit(limit)
          .toList();
    }
  }

  /** How its lines are read: {@code timestamp,value}, times in UTC. */
  Mapping mapping() {
    return new Mapping(
        Format.CSV,
        true,
        Optional.empty(),
        Optional.of("timestamp"),
        Optional.of("value"),
        Optional.of(key),
        key,
        new TimeParser(ZoneOffset.UTC, TimeUnit.MILLISECONDS));
  }

  double[] values() throws IOException {
    return source.values(mapping());
  }

  private static String key(Path folder, Path file) {
    String path = folder.relativize(file).toString().replace('\\', '/');
    return path.substring(0, path.length() - ".csv".length());
  }
}
