package io.thalweg.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/**
 * What the processes of a cluster print, each line behind the name of its process. Thread-safe.
 *
 * @param err where it goes
 * @param ansi whether names are coloured
 */
record ClusterLog(PrintWriter err, Ansi ansi) {
  private static final int WIDTH = "postgres".length();
  private static final List<String> COLOURS =
      List.of("36", "32", "33", "35", "34", "96", "92"); // of the nodes, from the first on
  private static final String OTHERS = "90";

  void line(String name, String line) {
    String prefix = name + " ".repeat(Math.max(0, WIDTH - name.length())) + " |";
    String shown = ansi.enabled() ? "\u001b[" + colour(name) + "m" + prefix + "\u001b[0m" : prefix;
    err.println(shown + " " + line);
  }

  private static String colour(String name) {
    int number = name.startsWith("node-") ? Integer.parseInt(name.substring(5)) : 0;
    return number == 0 ? OTHERS : COLOURS.get((number - 1) % COLOURS.size());
  }
}
