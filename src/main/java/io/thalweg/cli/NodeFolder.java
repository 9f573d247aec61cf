package io.thalweg.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a node that a command starts keeps its data.
 *
 * @param passing whether it is deleted at the end
 */
record NodeFolder(Path path, boolean passing) {

  /**
   * The demonstration's: the given folder, which stays; else a new one, which stays if asked to.
   */
  static NodeFolder of(Optional<Path> given, boolean keep) throws IOException {
    return given.isPresent()
        ? new NodeFolder(given.get(), false)
        : new NodeFolder(Files.createTempDirectory("thalweg-demo-"), !keep);
  }

  /** A new one in the given folder, or where temporary files are. It passes. */
  static NodeFolder passing(Optional<Path> parent, String prefix) throws IOException {
    return new NodeFolder(
        parent.isPresent()
            ? Files.createTempDirectory(parent.get(), prefix)
            : Files.createTempDirectory(prefix),
        true);
  }

  /** Whether nothing would be mixed with what is there. */
  static boolean isNewOrEmpty(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return true;
    }
    try (Stream<Path> there = Files.list(folder)) {
      return there.findAny().isEmpty();
    } catch (NotDirectoryException file) {
      return false;
    }
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
