package io.thalweg.cli;

import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program's commands. */
@Command(
    name = "thalweg",
    description = {
      "Live statistics and anomalies for every key of a stream, durable and counted once.",
      "",
      "Try `thalweg demo` first."
    },
    subcommands = {
      ServeCommand.class,
      DemoCommand.class,
      BenchCommand.class,
      NabCommand.class,
      BacktestCommand.class,
      ClusterCommand.class,
      IngestCommand.class,
      GetCommand.class,
      KeysCommand.class,
      WatchCommand.class,
      HistoryCommand.class,
      StreamsCommand.class,
      StatusCommand.class,
      AutoComplete.GenerateCompletion.class
    })
public final class Thalweg extends ThalwegCommand {
  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version and end.")
  private boolean version;

  /**
   * Held here, or its level would be lost. What gRPC warns of, traces and all, is a server that
   * can't be reached or a client that sends nonsense: of either its callers are told.
   */
  private static final Logger GRPC = Logger.getLogger("io.grpc");

  /** Runs a command; returns what the process shall end with. */
  public static int run(String... args) {
    LogbackWithoutMdc.use();
    GRPC.setLevel(Level.SEVERE);
    return commandLine().execute(args);
  }

  static CommandLine commandLine() {
    return new CommandLine(new Thalweg())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(new Misuse())
        .setExecutionExceptionHandler(new Failures())
        .setUnmatchedOptionsArePositionalParams(false);
  }

  @Override
  public Integer call() {
    throw usage("a command is missing");
  }
}
