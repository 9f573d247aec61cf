package io.thalweg.cli;

import io.thalweg.client.ThalwegClient;
import io.thalweg.v1.StreamDefinition;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A command about one stream. */
abstract class StreamCommand extends ServerCommand {
  @Option(
      names = {"-s", "--stream"},
      paramLabel = "NAME",
      description = "The stream. May be left out where the server has just one.")
  private Optional<String> stream = Optional.empty();

  abstract int run(ThalwegClient client, String stream) throws Exception;

  @Override
  final int run(ThalwegClient client) throws Exception {
    return run(client, stream.orElseGet(() -> onlyStream(client)));
  }

  private String onlyStream(ThalwegClient client) {
    List<String> streams =
        client.queries().listStreams().stream().map(StreamDefinition::getStream).toList();
    if (streams.size() != 1) {
      throw usage(
          streams.isEmpty()
              ? "the server has no stream"
              : "--stream is needed: the server has " + String.join(", ", streams));
    }
    return streams.getFirst();
  }
}
