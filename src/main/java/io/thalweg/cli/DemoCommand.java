package io.thalweg.cli;

import picocli.CommandLine.Command;

@Command(name = "demo")
final class DemoCommand extends ThalwegCommand {
  @Override
  public Integer call() {
    return 0;
  }
}
