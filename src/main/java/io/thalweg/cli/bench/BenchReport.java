package io.thalweg.cli.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thalweg.cli.output.Json;
import io.thalweg.cli.output.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;
import picocli.CommandLine.Help.Ansi;

/** Tells what a run has shown, and under what conditions. */
public final class BenchReport {
  private static final double MICROS = 1e3;

  private BenchReport() {}

  /** Names are those of the document's fields; scripts build on them. */
  public static ObjectNode json(Plan plan, Target target, Measured measured) {
    Snapshot.Usage usage = measured.usage();
    Findings findings = measured.findings();
    ObjectNode json = Json.object();
    json.put("samples_per_second", Math.round(usage.samplesPerSecond()));
    json.set("ack_ms", latencies(measured.all()));
    measured
        .hot()
        .ifPresent(
            hot -> {
              json.set("ack_ms_others", latencies(measured.others()));
              json.set("ack_ms_hot", latencies(hot));
            });
    ObjectNode cpu = json.putObject("cpu_seconds_per_million");
    put(cpu, "server", usage.server());
    put(cpu, "client", usage.client());
    put(cpu, "database", usage.database());
    put(json, "rss_mb", measured.residentMegabytes());
    measured.liveHeap().ifPresent(heap -> json.set("live_heap", liveHeap(heap)));
    json.put("samples_per_event", findings.samplesPerEvent());
    json.put("lost", findings.lost());
    json.put("doubled", findings.doubled());
    json.put("wrong", findings.wrong());
    json.put("refused", measured.refused());
    json.put("resent", measured.resent());
    json.put("samples", usage.samples());
    json.put("seconds", usage.seconds());
    json.putObject("checked")
        .put("keys", findings.keys())
        .put("samples", findings.samples())
        .put("closed_windows", findings.windows());
    json.set("parameters", parameters(plan));
    json.set("machine", machine(Machine.here(), target));
    return json;
  }

  public static List<String> text(Measured measured, Ansi ansi) {
    Snapshot.Usage usage = measured.usage();
    Findings findings = measured.findings();
    Table table = new Table("MEASURED", "FIGURE");
    row(table, "samples/s, durable and acknowledged", "%,.0f", usage.samplesPerSecond());
    table.row("acknowledgement p50 / p99 / p99.9 / max", text(measured.all()));
    measured
        .hot()
        .ifPresent(
            hot -> {
              table.row("  of the other keys", text(measured.others()));
              table.row("  of the hot key", text(hot));
            });
    table.row("CPU s per million samples: server", text(usage.server()));
    table.row("  client", text(usage.client()));
    table.row("  database", text(usage.database()));
    table.row("server's resident memory, MB", text(measured.residentMegabytes()));
    measured
        .liveHeap()
        .ifPresent(
            heap -> {
              row(table, "live heap, MB", "%,.1f", heap.after() / 1e6);
              row(table, "  active keys", "%,d", heap.activeKeys());
              row(table, "  bytes per active key", "%,d", heap.bytesPerActiveKey());
            });
    row(table, "samples per event", "%.2f", findings.samplesPerEvent());
    row(table, "checked: keys", "%,d", findings.keys());
    row(table, "  samples", "%,d", findings.samples());
    row(table, "  closed windows in the journal", "%,d", findings.windows());
    row(table, "lost", "%,d", findings.lost());
    row(table, "doubled", "%,d", findings.doubled());
    row(table, "wrong", "%,d", findings.wrong());
    return table.lines(ansi);
  }

  /** What is not as it must be, for people; the first few. */
  public static List<String> complaints(Measured measured) {
    List<String> complaints = new ArrayList<>(measured.findings().complaints());
    if (measured.refused() > 0) {
      complaints.add("the server refused %,d samples".formatted(measured.refused()));
    }
    return complaints;
  }

  private static ObjectNode liveHeap(LiveHeap heap) {
    return Json.object()
        .put("bytes_before", heap.before())
        .put("bytes", heap.after())
        .put("active_keys", heap.activeKeys())
        .put("bytes_per_active_key", heap.bytesPerActiveKey());
  }

  private static ObjectNode latencies(Histogram micros) {
    return Json.object()
        .put("p50", micros.getValueAtPercentile(50) / MICROS)
        .put("p99", micros.getValueAtPercentile(99) / MICROS)
        .put("p999", micros.getValueAtPercentile(99.9) / MICROS)
        .put("max", micros.getMaxValue() / MICROS)
        .put("batches", micros.getTotalCount());
  }

  private static ObjectNode parameters(Plan plan) {
    ObjectNode json = Json.object();
    json.put("workload", plan.workload().name());
    json.put("window", plan.workload().size());
    put(json, "rate", plan.rate()); // null: max
    json.put("keys", plan.keys());
    json.put("distribution", plan.distribution().name().toLowerCase(Locale.ROOT));
    json.put("seed", plan.seed());
    put(json, "hot_key", plan.hotKey());
    json.put("series_per_batch", plan.seriesPerBatch());
    json.put("samples_per_series", plan.samplesPerSeries());
    json.put("producers", plan.producers());
    json.put("connections", plan.connections());
    json.put("in_flight", plan.inFlight());
    json.put("warm_up_seconds", plan.warmUpSeconds());
    json.put("measured_seconds", plan.seconds());
    return json;
  }

  private static ObjectNode machine(Machine machine, Target target) {
    ObjectNode json = machine.json();
    ArrayNode options = json.putArray("server_options");
    target.jvmOptions().forEach(options::add);
    return json;
  }

  private static void put(ObjectNode json, String name, OptionalDouble value) {
    if (value.isPresent()) {
      json.put(name, value.getAsDouble());
    } else {
      json.putNull(name);
    }
  }

  private static void row(Table table, String what, String format, Object value) {
    table.row(what, String.format(Locale.ROOT, format, value));
  }

  private static String text(Histogram micros) {
    return String.format(
        Locale.ROOT,
        "%,.1f / %,.1f / %,.1f / %,.1f ms",
        micros.getValueAtPercentile(50) / MICROS,
        micros.getValueAtPercentile(99) / MICROS,
        micros.getValueAtPercentile(99.9) / MICROS,
        micros.getMaxValue() / MICROS);
  }

  private static String text(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%,.2f", value.getAsDouble()) : "unknown";
  }
}
