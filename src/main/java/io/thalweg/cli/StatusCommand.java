package io.thalweg.cli;

import io.thalweg.cli.output.Json;
import io.thalweg.cli.output.StatusJson;
import io.thalweg.cli.output.StatusTable;
import io.thalweg.client.ThalwegClient;
import io.thalweg.v1.ClusterStatus;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows how a cluster is doing. */
@Command(
    name = "status",
    description = {
      "Shows how a cluster is doing, or a single node; any node answers for all.",
      "Rates are of the last ten seconds. LAG is how long the oldest samples on their way wait to"
          + " be durable, WAITING how many writes wait for the journal, FLUSH P99 what 99 of a"
          + " hundred flushes take at most, FENCED how many events were refused because another"
          + " node owns their shard."
    })
final class StatusCommand extends ServerCommand {
  private static final String HOME = "\u001b[H";
  private static final String CLEAR_LINE = "\u001b[K";
  private static final String CLEAR_REST = "\u001b[J";

  @Option(
      names = {"-w", "--watch"},
      paramLabel = "SECONDS",
      arity = "0..1",
      fallbackValue = "1",
      description =
          "Show it again every so many seconds (1 if left out), until Ctrl-C: on a terminal in its"
              + " place, elsewhere one block, or one line of JSON, after the other.")
  private Optional<Double> every = Optional.empty();

  @Override
  void check() {
    every.ifPresent(
        seconds -> {
          if (!(seconds >= 0.1 && seconds <= 3_600)) {
            throw usage("--watch must be 0.1 to 3600 seconds, not " + seconds);
          }
        });
  }

  @Override
  int run(ThalwegClient client) throws InterruptedException {
    if (every.isEmpty()) {
      lines(client.queries().getStatus()).forEach(out()::println);
      return ExitCode.OK;
    }
    boolean redraw = !isJson() && Terminal.isStandardOutput();
    boolean first = true;
    while (true) {
      List<String> lines = lines(client.queries().getStatus());
      if (redraw) {
        redraw(lines, first);
      } else {
        if (!first && !isJson()) {
          out().println();
        }
        lines.forEach(out()::println);
      }
      out().flush();
      first = false;
      Thread.sleep(Math.round(every.get() * 1_000));
    }
  }

  private List<String> lines(ClusterStatus status) {
    return isJson() ? List.of(Json.text(StatusJson.of(status))) : StatusTable.lines(status, ansi());
  }

  /** Over what was there, without clearing it first, lest it flicker. */
  private void redraw(List<String> lines, boolean first) {
    out().print(first ? HOME + CLEAR_REST : HOME);
    lines.forEach(line -> out().println(line + CLEAR_LINE));
    out().print(CLEAR_REST);
  }
}
