package io.thalweg.cli;

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
      IngestCommand.class,
      GetCommand.class,
      KeysCommand.class,
      WatchCommand.class,
      HistoryCommand.class,
      StreamsCommand.class,
      AutoComplete.GenerateCompletion.class
    })
public final class Thalweg extends ThalwegCommand {
  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version and end.")
  private boolean version;

  /** Runs a command; returns what the process shall end with. */
  public static int run(String... args) {
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
