package io.thalweg.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thalweg.cli.output.Json;
import io.thalweg.client.ThalwegClient;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists keys. */
@Command(name = "keys", description = "Lists the keys of a stream, one in each line.")
final class KeysCommand extends StreamCommand {
  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "Only keys that begin with it.")
  private String prefix = "";

  @Override
  int run(ThalwegClient client, String stream) {
    try (Stream<String> keys = client.queries().listKeys(stream, prefix)) {
      if (isJson()) {
        ObjectNode json = Json.object().put("stream", stream);
        ArrayNode array = json.putArray("keys");
        keys.forEach(array::add);
        out().println(Json.text(json));
      } else {
        keys.takeWhile(key -> !out().checkError()).forEach(out()::println);
      }
    }
    return ExitCode.OK;
  }
}
