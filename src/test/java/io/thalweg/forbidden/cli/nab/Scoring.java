package io.thalweg.forbidden.cli.nab;

import io.thalweg.forbidden.node.Node;
import picocli.CommandLine.Command;

/** Breaks: is a command and needs a node to score with. */
@Command
public class Scoring {
  Node known = new Node();
}
