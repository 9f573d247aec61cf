package io.thalweg.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
    List<NemesisRun.Result> results = new ArrayList<>();
    boolean allEnded = run(options, results);
    NemesisReport report = new NemesisReport(results);
    System.out.println(report.markdown());
    System.out.println(report.json());
    Files.writeString(Files.createDirectories(KEPT).resolve("result.json"), report.json());
    System.exit(allEnded && report.isClean() ? 0 : 1);
  }

  /** Returns whether each run came to its end; one that did not takes nothing from the others. */
  private static boolean run(NemesisOptions options, List<NemesisRun.Result> results)
      throws InterruptedException {
    boolean allEnded = true;
    try (ExecutorService parallel = Executors.newFixedThreadPool(options.parallel())) {
      List<Future<NemesisRun.Result>> runs = new ArrayList<>();
      for (int i = 0; i < options.runs(); i++) {
        int index = i;
        runs.add(parallel.submit(() -> run(options, index)));
      }
      for (Future<NemesisRun.Result> run : runs) {
        try {
          results.add(run.get());
        } catch (ExecutionException e) {
          allEnded = false;
        }
      }
    }
    return allEnded;
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

  private static NemesisRun.Result run(NemesisOptions options, int index) throws Exception {
    long seed = options.seed() + index;
    System.err.println("nemesis " + seed + ": begins");
    Path folder = Files.createTempDirectory("thalweg-nemesis-" + seed + "-");
    boolean clean = false;
    try {
      NemesisRun.Result result =
          new NemesisRun(seed, Duration.ofSeconds(options.seconds()), options.kinds())
              .run(folder, options.network(index));
      clean = result.findings().isEmpty();
      System.err.println("nemesis " + seed + ": " + (clean ? "clean" : result.findings()));
      System.err.print(NemesisReport.row(result));
      return result;
    } catch (Exception | Error e) {
      System.err.println("nemesis " + seed + ": came to no end");
      e.printStackTrace();
      throw e;
    } finally {
      if (clean) {
        delete(folder);
      } else {
        System.err.println("nemesis " + seed + ": its logs and history are in " + folder);
      }
    }
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
