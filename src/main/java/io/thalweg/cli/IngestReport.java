package io.thalweg.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thalweg.cli.input.FileReport;
import io.thalweg.cli.output.Json;
import io.thalweg.cli.output.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Shows what became of files. */
final class IngestReport {
  private IngestReport() {}

  /** What is wrong with a file's lines. */
  static List<String> complaints(FileReport report) {
    List<String> lines = new ArrayList<>(report.complaints());
    long wrong = report.rejected() + report.malformed();
    if (wrong > lines.size()) {
      lines.add(report.file() + ": " + wrong + " samples are not counted, for such reasons");
    }
    if (report.stopped()) {
      lines.add(
          report.file() + ": stopped there; all before it is counted. --on-error skip goes on.");
    }
    return lines;
  }

  static Table table(List<FileReport> reports) {
    Table table =
        new Table("FILE", "LINES", "RECORDED", "DUPLICATE", "LATE", "REJECTED", "MALFORMED", "");
    for (FileReport r : reports) {
      table.row(
          r.file(),
          grouped(r.lines()),
          grouped(r.recorded()),
          grouped(r.duplicate()),
          grouped(r.late()),
          grouped(r.rejected()),
          grouped(r.malformed()),
          r.stopped() ? "stopped" : "");
    }
    return table;
  }

  static ObjectNode json(List<FileReport> reports) {
    ObjectNode json = Json.object();
    ArrayNode files = json.putArray("files");
    reports.forEach(report -> files.add(json(report)));
    return json;
  }

  private static ObjectNode json(FileReport report) {
    ObjectNode json =
        Json.object()
            .put("file", report.file())
            .put("lines", report.lines())
            .put("recorded", report.recorded())
            .put("duplicate", report.duplicate())
            .put("late", report.late())
            .put("rejected", report.rejected())
            .put("malformed", report.malformed())
            .put("stopped", report.stopped());
    ArrayNode complaints = json.putArray("complaints");
    report.complaints().forEach(complaints::add);
    return json;
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
