package io.thalweg.faults;

import java.nio.file.Files;
import java.util.random.RandomGenerator;

/** A node's heap is used up by something in its process: the process ends, and is started again. */
record HeapExhausted() implements Fault {
  /** Its being there tells the agent in the process. */
  static final String SIGN = "exhaust-heap";

  private static final int EXIT_CODE = 3;
  private static final long MILLIS_MAX = 30_000;

  @Override
  public String kind() {
    return "heap exhausted";
  }

  @Override
  public Effect inflict(Arena arena, Workload workload, RandomGenerator random) throws Exception {
    ClusterNode node = arena.anyNode(random);
    arena.supervisor().release(node);
    Files.writeString(node.folder().resolve(SIGN), "");
    long deadline = System.nanoTime() + MILLIS_MAX * 1_000_000;
    while (node.exitCode().isEmpty() && System.nanoTime() < deadline) {
      Thread.sleep(20);
    }
    Effect effect =
        Effect.now(node.exitCode().orElse(0) == EXIT_CODE ? "exit code " + EXIT_CODE : "");
    arena.supervisor().want(node);
    return effect;
  }
}
