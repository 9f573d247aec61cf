package io.thalweg.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs of the nemesis, for developers: {@code src/bench/nemesis} starts it. Tables and a document
 * go to standard output, what happens to standard error. Exit code 1: the promise was broken.
 */
public final class Nemesis {
  private static final Path KEPT = Path.of("target", "nemesis");

  /** Beside those of runs and of the other tests. */
  private static final int NETWORK_OF_MUTANTS = 14;

  private Nemesis() {}

  public static void main(String[] arguments) throws Exception {
    if (arguments.length > 0 && arguments[0].equals("mutants")) {
      System.exit(mutants(arguments.length > 1 ? arguments[1] : "") ? 0 : 1);
    }
    NemesisOptions options = NemesisOptions.parse(List.of(arguments));
    NemesisReport report = new NemesisReport(KEPT);
    if (options.continues()) {
      report.takeOver();
    }
    int before = report.count();
    new Campaign(options, report).run();
    System.out.println(report.markdown());
    System.out.println(report.json());
    System.exit(report.count() > before && report.isClean() ? 0 : 1);
  }

  /** Returns whether each mutant was noticed, and nothing where nothing is wrong. */
  private static boolean mutants(String part) throws Exception {
    boolean right = true;
    StringBuilder table = new StringBuilder("| Mutant | Noticed by | Seconds |\n|---|---|---|\n");
    for (MutantRun run : MutantRun.all()) {
      if (!run.name().contains(part)) {
        continue;
      }
      Path folder = Files.createTempDirectory("thalweg-mutant-");
      try {
        MutantRun.Result result = run.run(folder, NETWORK_OF_MUTANTS);
        System.err.println("mutant " + result.name() + ": " + result.findings());
        right &= result.findings().isEmpty() != run.isMutant();
        table.append(
            "| %s | %s | %d |%n"
                .formatted(result.name(), result.findings().counts(), result.time().toSeconds()));
      } finally {
        delete(folder);
      }
    }
    System.out.println(table);
    return right;
  }

  static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.toList();
    }
    for (Path file : all.reversed()) {
      Files.deleteIfExists(file);
    }
  }
}
