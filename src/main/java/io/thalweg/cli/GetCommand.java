package io.thalweg.cli;

import io.thalweg.cli.output.Json;
import io.thalweg.cli.output.Text;
import io.thalweg.client.Queries;
import io.thalweg.client.ThalwegClient;
import io.thalweg.v1.KeyState;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what is known of a key. */
@Command(name = "get", description = "Shows the state of a key: its totals, windows and anomalies.")
final class GetCommand extends StreamCommand {
  @Parameters(paramLabel = "KEY", description = "The key.")
  private String key = "";

  @Option(
      names = "--version",
      paramLabel = "N",
      description = "As of this version of the key. Default: now.")
  private Optional<Long> version = Optional.empty();

  @Override
  void check() {
    if (version.isPresent() && version.get() < 1) {
      throw usage("--version is counted from 1, not " + version.get());
    }
  }

  @Override
  int run(ThalwegClient client, String stream) {
    Queries queries = client.queries();
    KeyState state =
        version
            .map(v -> queries.getKey(stream, key, v))
            .orElseGet(() -> queries.getKey(stream, key));
    if (isJson()) {
      out().println(Json.text(Json.of(state)));
    } else {
      Text.of(state).forEach(out()::println);
    }
    return ExitCode.OK;
  }
}
