package io.thalweg.faults.mutant;

import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Begins before the program does, in its process: {@code heap=FILE} uses the heap up once the file
 * is there, {@code mutant=NAME} makes the program wrong in one way.
 */
public final class Agent {
  private static final int BLOCK = 1 << 20;

  private Agent() {}

  public static void premain(String told, Instrumentation program) {
    String value = told.substring(told.indexOf('=') + 1);
    if (told.startsWith("heap=")) {
      Thread thread = new Thread(() -> exhaust(Path.of(value)), "exhaust-heap");
      thread.setDaemon(true);
      thread.start();
    } else {
      Mutation.valueOf(value).install(program);
    }
  }

  private static void exhaust(Path sign) {
    try {
      while (!Files.deleteIfExists(sign)) {
        Thread.sleep(100);
      }
      List<byte[]> all = new ArrayList<>();
      while (true) {
        all.add(new byte[BLOCK]);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
