package io.thalweg.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thalweg.cli.output.Json;
import io.thalweg.cli.output.StreamJson;
import io.thalweg.cli.output.StreamText;
import io.thalweg.client.ThalwegClient;
import io.thalweg.v1.StreamDefinition;
import java.util.List;
import picocli.CommandLine.Command;

/** Lists streams. */
@Command(
    name = "streams",
    description = "Lists the streams of the server and how they are defined.")
final class StreamsCommand extends ServerCommand {
  @Override
  int run(ThalwegClient client) {
    List<StreamDefinition> streams = client.queries().listStreams();
    if (isJson()) {
      ObjectNode json = Json.object();
      ArrayNode array = json.putArray("streams");
      streams.forEach(stream -> array.add(StreamJson.of(stream)));
      out().println(Json.text(json));
    } else {
      StreamText.table(streams).lines(ansi()).forEach(out()::println);
    }
    return ExitCode.OK;
  }
}
