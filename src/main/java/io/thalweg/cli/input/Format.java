package io.thalweg.cli.input;

import java.util.Locale;
import java.util.Optional;

/** How a file writes its samples: one in each line. */
public enum Format {
  CSV,
  NDJSON;

  /** What a file's name says of its format. */
  public static Optional<Format> byName(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    if (plain.endsWith(".csv")) {
      return Optional.of(CSV);
    }
    return plain.endsWith(".ndjson") || plain.endsWith(".jsonl") || plain.endsWith(".json")
        ? Optional.of(NDJSON)
        : Optional.empty();
  }
}
