package io.thalweg.cli.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.thalweg.cli.output.Json;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the load was made on.
 *
 * @param processor its model; empty: not known
 * @param memoryMegabytes of the machine; 0: not known
 * @param collectors of this JVM, the client's
 */
record Machine(
    String system,
    String processor,
    int cores,
    long memoryMegabytes,
    String java,
    String vm,
    String collectors) {

  static Machine here() {
    return new Machine(
        String.join(" ", property("os.name"), property("os.version"), property("os.arch")),
        field("/proc/cpuinfo", "model name"),
        Runtime.getRuntime().availableProcessors(),
        memoryMegabytes(field("/proc/meminfo", "MemTotal")),
        Runtime.version().toString(),
        property("java.vm.name"),
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .map(GarbageCollectorMXBean::getName)
            .collect(Collectors.joining(", ")));
  }

  ObjectNode json() {
    return Json.object()
        .put("system", system)
        .put("processor", processor)
        .put("cores", cores)
        .put("memory_mb", memoryMegabytes)
        .put("java", java)
        .put("vm", vm)
        .put("client_collectors", collectors);
  }

  private static String property(String name) {
    return System.getProperty(name, "");
  }

  private static long memoryMegabytes(String kibibytes) {
    return kibibytes.isEmpty()
        ? 0
        : Long.parseLong(kibibytes.replaceAll("\\D", "")) * 1024 / 1000_000;
  }

  /** What stands behind a colon in the first line that begins with a name. */
  private static String field(String file, String name) {
    try (Stream<String> lines = Files.lines(Path.of(file))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }
}
