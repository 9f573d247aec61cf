package io.thalweg.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import io.thalweg.node.Configuration;
import io.thalweg.node.Node;
import io.thalweg.node.NodeStartException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a node. */
@Command(
    name = "serve",
    description = {
      "Runs a node until it is asked to stop.",
      "SIGTERM and Ctrl-C stop it in order, within 25 seconds, with exit code 0: what is in flight"
          + " is answered first."
    })
final class ServeCommand extends ThalwegCommand {
  private static final String LOG_LEVEL = "thalweg.log.level";

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = {
        "Settings (HOCON) over the defaults.",
        "Default: what THALWEG_CONFIG names, or config/thalweg.conf of the program."
      })
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--check-config",
      description = "Print the settings in effect, without secrets, or what is wrong, and end.")
  private boolean check;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the node keeps its data (thalweg.data-dir).")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = {"-p", "--port"},
      paramLabel = "N",
      description = "Where gRPC listens (thalweg.grpc.port); 0: any free port.")
  private Optional<Integer> port = Optional.empty();

  @Override
  public Integer call() throws NodeStartException {
    port.ifPresent(this::requirePort);
    if (System.getProperty(LOG_LEVEL) == null) {
      System.setProperty(LOG_LEVEL, "INFO");
    }
    Config config = Configuration.load(file.or(ServeCommand::usualFile), overrides());
    if (check) {
      Configuration.check(config);
      out().print(EffectiveConfig.render(config));
      out().flush();
      return ExitCode.OK;
    }
    return serve(config);
  }

  /** What the command line sets. */
  Config overrides() {
    Config overrides = ConfigFactory.empty();
    if (data.isPresent()) {
      overrides = with(overrides, "thalweg.data-dir", data.get().toString());
    }
    if (port.isPresent()) {
      overrides = with(overrides, "thalweg.grpc.port", port.get());
    }
    return overrides;
  }

  /** What THALWEG_CONFIG names, or the file that comes with the program. */
  static Optional<Path> usualFile() {
    String named = System.getenv("THALWEG_CONFIG");
    if (named != null && !named.isEmpty()) {
      return Optional.of(Path.of(named));
    }
    String home = System.getProperty("thalweg.home");
    return Optional.ofNullable(home)
        .map(folder -> Path.of(folder, "config", "thalweg.conf"))
        .filter(Files::exists);
  }

  private int serve(Config config) throws NodeStartException {
    Node node = Node.start(config);
    OrderlyStop stop = OrderlyStop.install(node::close, ExitCode.OK, err());
    InetSocketAddress address = node.address();
    out().println("thalweg listens on " + address.getHostString() + ":" + address.getPort());
    out().flush();
    node.whenStopped().toCompletableFuture().join();
    stop.cancel();
    if (!stop.hasBegun()) {
      String why = node.whyStopped().orElse("its log says why");
      err().println("thalweg: the node has stopped by itself: " + why);
    }
    return ExitCode.FAILED;
  }

  private static Config with(Config config, String path, Object value) {
    return config.withValue(path, ConfigValueFactory.fromAnyRef(value, "command line"));
  }
}
