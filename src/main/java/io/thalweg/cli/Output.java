package io.thalweg.cli;

import picocli.CommandLine.Option;

/** How the answer is written. */
final class Output {

  /** The forms of an answer. */
  enum Form {
    TEXT,
    JSON
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      defaultValue = "text",
      description = "How to print the answer: text for people, json for programs. Default: text.")
  private Form form = Form.TEXT;

  boolean isJson() {
    return form == Form.JSON;
  }
}
