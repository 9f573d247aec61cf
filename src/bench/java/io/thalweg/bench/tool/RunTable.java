package io.thalweg.bench.tool;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Prints a Markdown table of runs: a row for each group of repetitions, with their medians. */
public final class RunTable {

  /**
   * A column.
   *
   * @param pointer to the number in a run's document (RFC 6901)
   * @param digits after the point
   */
  private record Column(String title, String pointer, int digits) {
    static Column parse(String text) {
      String[] parts = text.split("\\|", -1);
      return new Column(parts[0], parts[1], Integer.parseInt(parts[2]));
    }

    String cell(List<JsonNode> runs) {
      Optional<Double> median = Documents.median(runs, pointer);
      return median
          .map(value -> String.format(Locale.ROOT, "%,." + digits + "f", value))
          .orElse("–");
    }
  }

  private RunTable() {}

  /**
   * @param args the title of the first column; columns as {@code title|pointer|digits}; then for
   *     each row {@code --}, its name and the files of its runs. A run that failed has no file, or
   *     an empty one.
   */
  public static void main(String[] args) throws IOException {
    List<List<String>> groups = groups(args);
    List<String> head = groups.getFirst();
    List<Column> columns = head.stream().skip(1).map(Column::parse).toList();
    System.out.println(
        columns.stream()
            .map(Column::title)
            .collect(Collectors.joining(" | ", "| " + head.getFirst() + " | ", " |")));
    System.out.println("|---" + "|---".repeat(columns.size()) + "|");
    for (List<String> row : groups.subList(1, groups.size())) {
      List<JsonNode> runs = Documents.readThose(row.stream().skip(1).map(Path::of).toList());
      System.out.println(
          columns.stream()
              .map(column -> column.cell(runs))
              .collect(Collectors.joining(" | ", "| " + row.getFirst() + " | ", " |")));
    }
  }

  private static List<List<String>> groups(String[] args) {
    List<List<String>> groups = new ArrayList<>();
    groups.add(new ArrayList<>());
    for (String arg : args) {
      if (arg.equals("--")) {
        groups.add(new ArrayList<>());
      } else {
        groups.getLast().add(arg);
      }
    }
    return groups;
  }
}
