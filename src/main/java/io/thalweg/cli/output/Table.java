package io.thalweg.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Help.Ansi;

/** Rows in aligned columns: the first column and the last to the left, numbers between right. */
public final class Table {
  private static final String GAP = "  ";

  private final List<String> heading;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... heading) {
    this.heading = List.of(heading);
  }

  public void row(String... cells) {
    if (cells.length != heading.size()) {
      throw new IllegalArgumentException(
          "a row of " + cells.length + " cells in a table of " + heading.size());
    }
    rows.add(List.of(cells));
  }

  /** The lines, the heading first, which is bold where that is wanted. */
  public List<String> lines(Ansi ansi) {
    int[] widths = IntStream.range(0, heading.size()).map(this::width).toArray();
    List<String> lines = new ArrayList<>();
    lines.add(ansi.string("@|bold " + line(heading, widths) + "|@"));
    rows.forEach(row -> lines.add(line(row, widths)));
    return lines;
  }

  private String line(List<String> cells, int[] widths) {
    return IntStream.range(0, cells.size())
        .mapToObj(i -> padded(cells.get(i), widths[i], i == 0 || i == cells.size() - 1))
        .collect(Collectors.joining(GAP))
        .stripTrailing();
  }

  private int width(int column) {
    int widest = rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
    return Math.max(widest, length(heading.get(column)));
  }

  private static String padded(String cell, int width, boolean left) {
    String space = " ".repeat(width - length(cell));
    return left ? cell + space : space + cell;
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
