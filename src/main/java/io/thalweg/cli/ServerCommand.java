package io.thalweg.cli;

import io.thalweg.client.Endpoint;
import io.thalweg.client.RetryPolicy;
import io.thalweg.client.ThalwegClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A command that asks a server. */
abstract class ServerCommand extends ThalwegCommand {
  private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(10);

  @Option(
      names = {"-e", "--endpoint"},
      paramLabel = "HOST:PORT",
      defaultValue = "${env:THALWEG_ENDPOINTS:-127.0.0.1:7470}",
      description =
          "Where the server listens; several of a cluster are separated by commas. Default:"
              + " THALWEG_ENDPOINTS, or 127.0.0.1:7470.")
  private String endpoints = "";

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description =
          "Give up when the server can't be reached for so long; 0: never. Default: 10, of ingest 60.")
  private Optional<Long> timeoutSeconds = Optional.empty();

  @Mixin private Output output = new Output();

  /** Says what is wrong with the command line, before a server is asked. */
  void check() throws IOException {}

  /** Does the work; returns what the process ends with. */
  abstract int run(ThalwegClient client) throws Exception;

  @Override
  public final Integer call() throws Exception {
    check();
    try (ThalwegClient client = connect()) {
      int code = run(client);
      out().flush();
      return code;
    }
  }

  final boolean isJson() {
    return output.isJson();
  }

  Duration usualTimeout() {
    return USUAL_TIMEOUT;
  }

  private ThalwegClient connect() {
    return ThalwegClient.builder().endpoints(parseEndpoints()).retries(retries()).build();
  }

  private List<Endpoint> parseEndpoints() {
    try {
      return Endpoint.parseList(endpoints);
    } catch (IllegalArgumentException e) {
      throw usage("--endpoint: " + e.getMessage());
    }
  }

  private RetryPolicy retries() {
    Duration timeout = timeoutSeconds.map(Duration::ofSeconds).orElse(usualTimeout());
    if (timeout.isNegative()) {
      throw usage("--timeout: must not be negative: " + timeout.toSeconds());
    }
    return timeout.isZero() ? RetryPolicy.forever() : RetryPolicy.givingUpAfter(timeout);
  }
}
