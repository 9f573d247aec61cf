package io.thalweg.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/** What happens to the database, and on the way to it. */
final class DatabaseFaults {
  private static final int TRAP_SECONDS_MAX = 20;

  private DatabaseFaults() {}

  /** kill −9 of all its processes, and start again. */
  record Kill() implements Fault {
    @Override
    public String kind() {
      return "database killed";
    }

    @Override
    public Effect inflict(Arena arena, Workload workload, RandomGenerator random) throws Exception {
      arena.postgres().kill();
      boolean refused = !arena.postgres().listens();
      Thread.sleep(random.nextInt(500, 4_000));
      arena.postgres().start();
      return Effect.now(refused ? "connection refused" : "");
    }
  }

  /** SIGSTOP of all its processes. */
  record Freeze() implements Fault {
    @Override
    public String kind() {
      return "database hung";
    }

    @Override
    public Effect inflict(Arena arena, Workload workload, RandomGenerator random) throws Exception {
      int millis = random.nextInt(1_000, 9_000);
      arena.postgres().freeze();
      boolean frozen;
      try {
        Thread.sleep(millis);
        frozen = arena.postgres().isFrozen();
      } finally {
        arena.postgres().thaw();
      }
      return Effect.now(frozen ? "all processes in state T for " + millis + " ms" : "");
    }
  }

  /** Every message to it waits; sometimes for longer than nodes do. */
  record Slow() implements Fault {
    private static final List<Duration> DELAYS =
        List.of(Duration.ofMillis(150), Duration.ofMillis(800), Duration.ofSeconds(7));

    @Override
    public String kind() {
      return "database slow";
    }

    @Override
    public Effect inflict(Arena arena, Workload workload, RandomGenerator random) throws Exception {
      Duration delay = DELAYS.get(random.nextInt(DELAYS.size()));
      long before = arena.proxy().delayed();
      arena.proxy().delay(delay);
      Thread.sleep(8_000);
      arena.proxy().delay(Duration.ZERO);
      long messages = arena.proxy().delayed() - before;
      return Effect.now(messages > 0 ? messages + " messages waited for " + delay : "");
    }
  }

  /** Its disk is full. */
  record DiskFull() implements Fault {
    private static final String ENOSPC = "No space left on device";
    private static final Duration SEEN_MAX = Duration.ofSeconds(20);

    @Override
    public String kind() {
      return "database's disk full";
    }

    @Override
    public boolean isPossible(Arena arena) {
      return arena.hasNetwork();
    }

    @Override
    public Effect inflict(Arena arena, Workload workload, RandomGenerator random) throws Exception {
      PostgresProcess postgres = arena.postgres();
      long before = complaints(postgres);
      long deadline = System.nanoTime() + SEEN_MAX.toNanos();
      try {
        while (complaints(postgres) == before && System.nanoTime() < deadline) {
          arena.disk().fill();
          Thread.sleep(200);
        }
        Thread.sleep(random.nextInt(1_000, 3_000));
      } finally {
        arena.disk().free();
      }
      long seen = complaints(postgres) - before;
      if (!postgres.listens()) {
        postgres.start();
      }
      return Effect.now(seen > 0 ? "the database said \"" + ENOSPC + "\" " + seen + " times" : "");
    }

    private static long complaints(PostgresProcess postgres) throws IOException {
      try (var lines = Files.lines(postgres.log())) {
        return lines.filter(line -> line.contains(ENOSPC)).count();
      }
    }
  }

  /** Something happens at one step of a flush. */
  record AtStep(Trap.Point point, Trap.What what, boolean kills) implements Fault {
    @Override
    public String kind() {
      String step =
          switch (point) {
            case BEFORE_COMMIT -> "before the commit";
            case AFTER_COMMIT -> "between commit and reply";
            case AFTER_REPLY -> "between reply and acknowledgement";
          };
      return (kills ? "node killed " : "connection cut ")
          + step
          + (what == Trap.What.SNAPSHOT ? " of a snapshot" : "");
    }

    @Override
    public Effect inflict(Arena arena, Workload workload, RandomGenerator random) throws Exception {
      Trap trap = Trap.of(point, what, kills ? node -> kill(arena, node) : node -> {});
      arena.proxy().set(trap);
      try {
        return Effect.now(trap.evidence().get(TRAP_SECONDS_MAX, TimeUnit.SECONDS));
      } catch (TimeoutException nothingCame) {
        return Effect.now("");
      } finally {
        arena.proxy().unset();
      }
    }

    private static void kill(Arena arena, int node) {
      try {
        arena.cluster().node(node).kill();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
