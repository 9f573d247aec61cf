package io.thalweg.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What all commands share: help, where they print, and what they end with. */
@Command(
    versionProvider = Version.class,
    sortOptions = false,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed",
      "2:the command was used wrongly",
      "3:no such stream or key",
      "4:the server could not be reached, or did not answer in time",
      "5:some of the input was malformed or refused; the rest is counted",
      "130:interrupted by Ctrl-C"
    })
abstract class ThalwegCommand implements Callable<Integer> {
  private static final int PORT_MAX = 65_535;

  @SuppressWarnings("UnusedVariable") // picocli reads it
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and end.")
  private boolean help;

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Standard output: the answer, and nothing else. */
  final PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Standard error: what goes on, and what went wrong. */
  final PrintWriter err() {
    return spec.commandLine().getErr();
  }

  final Ansi ansi() {
    return spec.commandLine().getColorScheme().ansi();
  }

  final void requirePort(int port) {
    if (port < 0 || port > PORT_MAX) {
      throw usage("--port must be 0 to " + PORT_MAX + ", not " + port);
    }
  }

  final ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
