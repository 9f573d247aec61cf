package io.thalweg;

import io.thalweg.cli.Thalweg;

/** The program's entry. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(Thalweg.run(args));
  }
}
