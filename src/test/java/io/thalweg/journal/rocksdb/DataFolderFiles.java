package io.thalweg.journal.rocksdb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Damages the files of a closed data folder. */
final class DataFolderFiles {
  private DataFolderFiles() {}

  /** Flips one bit of the byte in which a text begins, in the one file of a kind that holds it. */
  static void flipByteOf(Path folder, String suffix, String text) throws IOException {
    byte[] sought = text.getBytes(StandardCharsets.UTF_8);
    for (Path file : files(folder, suffix)) {
      byte[] bytes = Files.readAllBytes(file);
      int at = indexOf(bytes, sought);
      if (at >= 0) {
        bytes[at] ^= 0x10;
        Files.write(file, bytes);
        return;
      }
    }
    throw new AssertionError(text + " is in no file of " + folder);
  }

  static List<Path> files(Path folder, String suffix) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(file -> file.toString().endsWith(suffix)).toList();
    }
  }

  private static int indexOf(byte[] bytes, byte[] sought) {
    for (int i = 0; i + sought.length <= bytes.length; i++) {
      int matching = 0;
      while (matching < sought.length && bytes[i + matching] == sought[matching]) {
        matching++;
      }
      if (matching == sought.length) {
        return i;
      }
    }
    return -1;
  }
}
