package io.thalweg.cli;

import io.thalweg.client.ThalwegClient;
import io.thalweg.client.Updates;
import io.thalweg.v1.ReadHistoryRequest;
import io.thalweg.v1.Update;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads what happened to a key. */
@Command(name = "history", description = "Shows what happened to a key, from the journal.")
final class HistoryCommand extends StreamCommand {
  @Parameters(paramLabel = "KEY", description = "The key.")
  private String key = "";

  @Option(
      names = "--from",
      paramLabel = "VERSION",
      defaultValue = "0",
      description = "The first version. Default: the oldest.")
  private long from;

  @Option(
      names = "--to",
      paramLabel = "VERSION",
      defaultValue = "0",
      description = "The last version. Default: the newest.")
  private long to;

  @Option(names = "--states", description = "Also the state after every batch.")
  private boolean states;

  @Option(names = "--anomalies", description = "Only anomalies.")
  private boolean anomalies;

  @Override
  void check() {
    if (from < 0 || to < 0 || (to > 0 && to < from)) {
      throw usage(
          "--from and --to are versions, the first not after the last: " + from + ", " + to);
    }
  }

  @Override
  int run(ThalwegClient client, String stream) {
    ReadHistoryRequest request =
        ReadHistoryRequest.newBuilder()
            .setStream(stream)
            .setKey(key)
            .setFromVersion(from)
            .setToVersion(to)
            .setStates(states && !anomalies)
            .build();
    try (Updates updates = client.queries().readHistory(request)) {
      new UpdatePrinter(out(), isJson())
          .print(updates, anomalies ? Update::hasAnomaly : update -> true);
    }
    return ExitCode.OK;
  }
}
