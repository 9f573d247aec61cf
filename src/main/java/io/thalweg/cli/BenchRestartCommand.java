package io.thalweg.cli;

import io.thalweg.cli.bench.RestartPlan;
import io.thalweg.cli.bench.RestartReport;
import io.thalweg.cli.bench.RestartRun;
import io.thalweg.cli.bench.Restarts;
import io.thalweg.cli.output.Json;
import io.thalweg.client.RetryPolicy;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how soon a node is back. */
@Command(
    name = "restart",
    description = {
      "Ends a node by kill -9, starts it again on the same folder, and measures from the start of the"
          + " process until the first acknowledgement, and until every key has answered.",
      "",
      "Each key has windows of 100 samples, and so many events behind its newest snapshot (--events)"
          + " as it has to read back. After each restart all keys are asked at once. Fails if a sample"
          + " is lost or counted twice, or a result is wrong; not for being slow.",
    },
    footer = {
      "",
      "Examples:",
      "  thalweg bench restart",
      "  thalweg bench restart --journal postgres --restarts 5 -o json",
    })
final class BenchRestartCommand extends ThalwegCommand {
  @Option(
      names = {"-k", "--keys"},
      paramLabel = "N",
      defaultValue = "10000",
      description = "Keys. Default: 10000.")
  private int keys;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "100",
      description = "Events of each key behind its newest snapshot. Default: 100.")
  private int events;

  @Option(
      names = "--restarts",
      paramLabel = "N",
      defaultValue = "3",
      description = "How often it is restarted. Default: 3.")
  private int restarts;

  @Mixin private StartedNode node = new StartedNode();
  @Mixin private Output output = new Output();

  @Override
  public Integer call() throws Exception {
    RestartPlan plan = plan();
    Undo undo = new Undo();
    OrderlyStop stop = OrderlyStop.install(undo, ExitCode.INTERRUPTED, err());
    try {
      return run(plan, undo);
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

  private RestartPlan plan() {
    try {
      return new RestartPlan(keys, events, restarts);
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }

  private int run(RestartPlan plan, Undo undo) throws IOException, InterruptedException {
    NodeFolder folder = node.folder();
    undo.add(folder::clear);
    tellProgress("Starting a node in " + folder.path());
    RestartRun run =
        new RestartRun(
            plan,
            node.start(folder, plan.settings()),
            node.store(folder, undo::add),
            RetryPolicy.givingUpAfter(BenchCommand.PATIENCE),
            undo::add,
            this::tellProgress);
    Restarts measured = run.run();
    print(plan, measured);
    return measured.isRight() ? ExitCode.OK : ExitCode.FAILED;
  }

  private void print(RestartPlan plan, Restarts measured) {
    RestartReport.complaints(measured).forEach(c -> err().println("thalweg: " + c));
    if (output.isJson()) {
      out().println(Json.text(RestartReport.json(plan, node.journal(), measured)));
    } else {
      RestartReport.text(measured, ansi()).forEach(out()::println);
    }
    out().flush();
  }

  private void tellProgress(String line) {
    err().println(line);
    err().flush();
  }
}
