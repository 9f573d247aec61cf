package io.thalweg.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the demonstration's node keeps its data.
 *
 * @param passing whether it is deleted at the end
 */
record DemoFolder(Path path, boolean passing) {

  /** The given folder, which stays; otherwise a new one, which stays if asked to. */
  static DemoFolder of(Optional<Path> given, boolean keep) throws IOException {
    return given.isPresent()
        ? new DemoFolder(given.get(), false)
        : new DemoFolder(Files.createTempDirectory("thalweg-demo-"), !keep);
  }

  /** Deletes what it may. The node must be closed. */
  void clear() {
    if (passing) {
      try {
        delete(path);
      } catch (IOException e) {
        throw new UncheckedIOException("could not delete " + path, e);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> found = Files.walk(folder)) {
      all = found.sorted(Comparator.reverseOrder()).toList();
    } catch (NoSuchFileException e) {
      return;
    }
    for (Path each : all) {
      Files.deleteIfExists(each);
    }
  }
}
