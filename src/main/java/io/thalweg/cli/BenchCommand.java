package io.thalweg.cli;

import io.thalweg.cli.bench.BenchReport;
import io.thalweg.cli.bench.BenchRun;
import io.thalweg.cli.bench.Measured;
import io.thalweg.cli.bench.Plan;
import io.thalweg.cli.bench.Target;
import io.thalweg.cli.output.Json;
import io.thalweg.client.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measures, and checks. */
@Command(
    name = "bench",
    subcommands = BenchRestartCommand.class,
    description = {
      "Makes load, measures what a server does with it, and checks every result.",
      "",
      "The server is one that runs (--endpoint), or a node that is started for it with the options"
          + " of a node, in a folder of its own. The load goes through the client that programs use,"
          + " on this machine; what a key must know at the end follows from what was sent alone."
          + " Fails if a sample is lost or counted twice, or a result is wrong.",
      "",
      "A server that runs needs the stream bench-c, or bench-t for --workload T, as the command says"
          + " where it is missing.",
    },
    footer = {
      "",
      "Examples:",
      "  thalweg bench --seconds 60",
      "  thalweg bench --rate 20000 -o json",
      "  thalweg bench --workload T --keys 1000 --endpoint 127.0.0.1:7470",
    })
final class BenchCommand extends ThalwegCommand {
  /** A server that answers nothing for so long has failed. */
  static final Duration PATIENCE = Duration.ofSeconds(60);

  @Mixin private BenchTarget target = new BenchTarget();
  @Mixin private BenchOptions options = new BenchOptions();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws Exception {
    target
        .contradiction()
        .ifPresent(
            c -> {
              throw usage(c);
            });
    Plan plan = plan();
    return target.isStarted() ? started(plan) : run(plan, target.running());
  }

  private Plan plan() {
    try {
      return options.plan(target.count());
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private int started(Plan plan) throws IOException, InterruptedException {
    Undo undo = new Undo();
    OrderlyStop stop = OrderlyStop.install(undo, ExitCode.INTERRUPTED, err());
    try {
      NodeFolder folder = target.folder();
      undo.add(folder::clear);
      err().println("Starting a node in " + folder.path());
      return run(plan, target.start(folder, plan.workload(), undo::add));
    } catch (IOException | RuntimeException e) {
      if (stop.hasBegun()) {
        return ExitCode.INTERRUPTED; // the node was stopped under our hands
      }
      throw e;
    } finally {
      stop.cancel();
      if (!stop.hasBegun()) {
        undo.run();
      }
    }
  }

  private int run(Plan plan, Target at) throws InterruptedException {
    try (BenchRun run =
        new BenchRun(plan, at, RetryPolicy.givingUpAfter(PATIENCE), this::tellProgress)) {
      Optional<String> missing = run.missing();
      if (missing.isPresent()) {
        err().println("thalweg: " + missing.get());
        return ExitCode.NOT_FOUND;
      }
      Measured measured = run.run();
      print(plan, at, measured);
      return measured.isRight() ? ExitCode.OK : ExitCode.FAILED;
    }
  }

  private void print(Plan plan, Target at, Measured measured) {
    BenchReport.complaints(measured).forEach(c -> err().println("thalweg: " + c));
    if (output.isJson()) {
      out().println(Json.text(BenchReport.json(plan, at, measured)));
    } else {
      BenchReport.text(measured, ansi()).forEach(out()::println);
    }
    out().flush();
  }

  private void tellProgress(String line) {
    err().println(line);
    err().flush();
  }
}
