package io.thalweg.cli;

import io.thalweg.cli.cluster.ClusterException;
import io.thalweg.cli.input.InputException;
import io.thalweg.cli.kafka.KafkaDemoException;
import io.thalweg.client.ThalwegException;
import io.thalweg.node.NodeStartException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says what went wrong in a line, and turns it into what the process ends with. */
final class Failures implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
    command.getOut().flush();
    command.getErr().println(command.getColorScheme().errorText("thalweg: " + message(thrown)));
    if (isUnexpected(thrown)) {
      thrown.printStackTrace(command.getErr());
    }
    command.getErr().flush();
    return exitCode(thrown);
  }

  private static int exitCode(Exception thrown) {
    if (!(thrown instanceof ThalwegException failure)) {
      return ExitCode.FAILED;
    }
    return switch (failure.code()) {
      case INVALID_ARGUMENT -> ExitCode.USAGE;
      case NOT_FOUND -> ExitCode.NOT_FOUND;
      case UNAVAILABLE, DEADLINE_EXCEEDED -> ExitCode.UNAVAILABLE;
      default -> ExitCode.FAILED;
    };
  }

  private static String message(Exception thrown) {
    return switch (thrown) {
      case NoSuchFileException e -> "no such file: " + e.getMessage();
      case ThalwegException e -> String.valueOf(e.getMessage());
      case NodeStartException e -> String.valueOf(e.getMessage());
      case ClusterException e -> String.valueOf(e.getMessage());
      case InputException e -> String.valueOf(e.getMessage());
      case KafkaDemoException e -> String.valueOf(e.getMessage());
      default -> thrown.toString();
    };
  }

  /** What users can't mend, so that a report needs the trace. */
  private static boolean isUnexpected(Exception thrown) {
    return !(thrown instanceof ThalwegException
        || thrown instanceof NodeStartException
        || thrown instanceof IOException);
  }
}
