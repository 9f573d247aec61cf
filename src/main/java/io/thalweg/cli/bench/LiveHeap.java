package io.thalweg.cli.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server's heap holds once its garbage is collected.
 *
 * @param before bytes, before the load
 * @param after bytes, after it
 * @param activeKeys keys in memory after it, of all nodes
 */
record LiveHeap(long before, long after, long activeKeys) {
  private static final int SECONDS_MAX = 60;

  /** The last line of the histogram: the numbers of all objects and of their bytes. */
  private static final Pattern TOTAL =
      Pattern.compile("^Total\\s+\\d+\\s+(\\d+)\\s*$", Pattern.MULTILINE);

  /** What the load has added, by key; 0 without keys. */
  long bytesPerActiveKey() {
    return activeKeys == 0 ? 0 : (after - before) / activeKeys;
  }

  /**
   * Has processes collect their garbage, and sums up the bytes of all objects that are left. Asks
   * the JDK's {@code jcmd}, whose histogram tells the same with every collector.
   *
   * @return empty: one of them did not tell, or there is none
   */
  static OptionalLong bytesOf(List<Long> pids) throws InterruptedException {
    long sum = 0;
    for (long pid : pids) {
      OptionalLong bytes = bytesOf(pid);
      if (bytes.isEmpty()) {
        return bytes;
      }
      sum += bytes.getAsLong();
    }
    return pids.isEmpty() ? OptionalLong.empty() : OptionalLong.of(sum);
  }

  /** The bytes that a class histogram adds up to; empty: it is none. */
  static OptionalLong parse(String histogram) {
    Matcher total = TOTAL.matcher(histogram);
    return total.find() ? OptionalLong.of(Long.parseLong(total.group(1))) : OptionalLong.empty();
  }

  private static OptionalLong bytesOf(long pid) throws InterruptedException {
    try {
      Path answer = Files.createTempFile("thalweg-histogram-", ".txt");
      try {
        return histogram(pid, answer);
      } finally {
        Files.deleteIfExists(answer);
      }
    } catch (IOException e) {
      return OptionalLong.empty(); // no JDK here
    }
  }

  private static OptionalLong histogram(long pid, Path answer)
      throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process asking =
        new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
            .redirectOutput(answer.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!asking.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
      asking.destroyForcibly();
      return OptionalLong.empty();
    }
    return parse(Files.readString(answer, StandardCharsets.UTF_8));
  }
}
