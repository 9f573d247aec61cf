package io.thalweg.cli;

import io.thalweg.client.ThalwegClient;
import io.thalweg.client.Updates;
import io.thalweg.v1.WatchRequest;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Follows what happens to keys. */
@Command(
    name = "watch",
    description = {
      "Follows what happens: windows that close, anomalies, late samples.",
      "Of one key nothing is lost when the connection is; of several keys the watch ends then."
    })
final class WatchCommand extends StreamCommand {
  @Parameters(
      paramLabel = "KEY",
      arity = "0..1",
      description = "One key. Default: all keys, or those with the prefix.")
  private Optional<String> key = Optional.empty();

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Only keys that begin with it.")
  private String prefix = "";

  @Option(names = "--states", description = "Also the state after every batch.")
  private boolean states;

  @Option(
      names = "--after",
      paramLabel = "N",
      description = "Of one key: first what happened after this version. Default: from now on.")
  private Optional<Long> after = Optional.empty();

  @Override
  void check() {
    if (key.isPresent() && !prefix.isEmpty()) {
      throw usage("KEY and --prefix exclude each other");
    }
    if (after.isPresent() && key.isEmpty()) {
      throw usage("--after needs a KEY");
    }
    if (after.isPresent() && after.get() < 0) {
      throw usage("--after is a version, at least 0, not " + after.get());
    }
  }

  @Override
  int run(ThalwegClient client, String stream) {
    WatchRequest.Builder request =
        WatchRequest.newBuilder()
            .setStream(stream)
            .setKey(key.orElse(""))
            .setPrefix(prefix)
            .setStates(states);
    after.ifPresent(request::setAfterVersion);
    try (Updates updates = client.queries().watch(request.build())) {
      new UpdatePrinter(out(), isJson()).print(updates, update -> true);
    }
    return ExitCode.OK;
  }
}
