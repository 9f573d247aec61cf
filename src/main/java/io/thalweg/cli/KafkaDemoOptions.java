package io.thalweg.cli;

import io.thalweg.cli.cluster.KafkaHome;
import io.thalweg.cli.kafka.KafkaDemoException;
import io.thalweg.client.Endpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether the demonstration goes through Kafka, and through which. */
final class KafkaDemoOptions {
  /** Where the launcher has put a broker's jars, if it has. */
  private static final String HOME = "thalweg.kafka-home";

  @Option(
      names = "--kafka",
      description = {
        "Through topics of Kafka instead of gRPC. Starts a Kafka broker of its own on the loopback, and"
            + " ends it with the demo. A checkout's launcher fetches the broker's jars on first use."
      })
  private boolean asked;

  @Option(
      names = "--kafka-home",
      paramLabel = "DIR",
      description = "With --kafka: the installation of Kafka whose broker is started.")
  private Optional<Path> home = Optional.empty();

  @Option(
      names = "--bootstrap",
      paramLabel = "HOST:PORT",
      description = {
        "With --kafka: a broker of a cluster that runs, several separated by commas, without TLS and"
            + " log-in. No broker is started. The demo makes topics that begin with thalweg-demo, and"
            + " deletes them at the end; it refuses to touch any that exist already."
      })
  private Optional<String> bootstrap = Optional.empty();

  boolean isAsked() {
    return asked;
  }

  /** What is wrong with the options; empty: nothing. */
  Optional<String> contradiction() {
    if (!asked && (home.isPresent() || bootstrap.isPresent())) {
      return Optional.of("--kafka-home and --bootstrap need --kafka");
    }
    if (home.isPresent() && bootstrap.isPresent()) {
      return Optional.of(
          "--kafka-home starts a broker and --bootstrap names one that runs: they exclude each other");
    }
    return bootstrap.flatMap(KafkaDemoOptions::badBootstrap);
  }

  /** A cluster that runs; empty: a broker is to be started. */
  Optional<String> bootstrap() {
    return bootstrap;
  }

  /**
   * What the broker is started from.
   *
   * @throws IOException if there is nothing; the message says what can be done
   */
  KafkaHome home() throws IOException {
    Optional<Path> folder =
        home.or(() -> Optional.ofNullable(System.getProperty(HOME)).map(Path::of));
    if (folder.isEmpty()) {
      throw new KafkaDemoException(
          "there is no Kafka to start: only the launcher of a checkout fetches one. Give --kafka-home"
              + " DIR of an installation of Kafka, or --bootstrap HOST:PORT of a cluster that runs");
    }
    return KafkaHome.at(folder.get());
  }

  private static Optional<String> badBootstrap(String text) {
    try {
      Endpoint.parseList(text);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of("--bootstrap: " + e.getMessage());
    }
  }
}
