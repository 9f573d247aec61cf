package io.thalweg.faults;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Clocks of processes that can be set, by a small library that is loaded before the C library. It
 * is compiled here: needs {@code cc}.
 */
final class ShiftedClocks {
  private static final String SOURCE = "clock.c";

  private final Path library;

  private ShiftedClocks(Path library) {
    this.library = library;
  }

  /** Empty where it can't be compiled. */
  static Optional<ShiftedClocks> compile(Path folder) throws IOException, InterruptedException {
    Path source = folder.resolve(SOURCE);
    Path library = folder.resolve("clock.so");
    try (InputStream in =
        Objects.requireNonNull(ShiftedClocks.class.getResourceAsStream(SOURCE), SOURCE)) {
      Files.copy(in, source);
    }
    try {
      Shell.run(
          "cc", "-shared", "-fPIC", "-O2", "-o", library.toString(), source.toString(), "-ldl");
      return Optional.of(new ShiftedClocks(library));
    } catch (IOException noCompiler) {
      return Optional.empty();
    }
  }

  /** What a process needs whose clock is that of a folder. */
  Map<String, String> environment(String folder) {
    return Map.of("LD_PRELOAD", library.toString(), "THALWEG_FAULTS_CLOCK", folder + "/clock");
  }

  /** Sets the clock of a folder; processes see it at once. */
  static void set(Path folder, Duration ahead) throws IOException {
    ByteBuffer seconds =
        ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(ahead.toSeconds());
    try (FileChannel file =
        FileChannel.open(
            Files.createDirectories(folder).resolve("clock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
      file.write(seconds.flip(), 0);
    }
  }
}
