package io.thalweg.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.node.Configuration;
import io.thalweg.node.NodeStartException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Whose detector is scored. */
final class NabOptions {
  private static final String OWN = "nab";
  private static final String PATH = "thalweg.streams." + OWN;
  private static final String DEFAULT =
      """
      window { total {} }
      detector { surprise {} }
      """;

  @ArgGroup(exclusive = true, multiplicity = "0..1")
  private Choice choice = new Choice();

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description =
          "Where --stream is defined. Default: what THALWEG_CONFIG names, or config/thalweg.conf of"
              + " the program.")
  private Optional<Path> file = Optional.empty();

  /** One or the other. */
  static final class Choice {
    @Option(
        names = {"-s", "--stream"},
        paramLabel = "NAME",
        description = "Score the detector of this stream of the configuration.")
    private Optional<String> stream = Optional.empty();

    @Option(
        names = "--set",
        paramLabel = "SETTING=VALUE",
        description =
            "Score a stream with this setting, as in reference.conf, instead of the usual one;"
                + " e.g. window.sliding-count=100. May be repeated.")
    private List<String> settings = List.of();
  }

  /**
   * The stream.
   *
   * @throws IllegalArgumentException if there is no such stream, or it has no detector, or a
   *     setting is wrong
   * @throws NodeStartException if the configuration is wrong
   */
  StreamDefinition definition() throws NodeStartException {
    StreamDefinition definition =
        choice.stream.isPresent() ? configured(choice.stream.get()) : own();
    if (definition.detector().isEmpty()) {
      throw new IllegalArgumentException(
          "the stream " + definition.name() + " has no detector that could be scored");
    }
    return definition;
  }

  private StreamDefinition configured(String name) throws NodeStartException {
    Config config = Configuration.load(file.or(ServeCommand::usualFile));
    Map<String, StreamDefinition> streams = Configuration.streams(config);
    StreamDefinition definition = streams.get(name);
    if (definition == null) {
      throw new IllegalArgumentException(
          "there is no stream "
              + name
              + " among "
              + String.join(", ", new TreeSet<>(streams.keySet())));
    }
    return definition;
  }

  private StreamDefinition own() throws NodeStartException {
    Config usual = ConfigFactory.parseString(DEFAULT).atPath(PATH);
    return Configuration.changed(Configuration.load(Optional.empty(), usual), OWN, choice.settings);
  }
}
