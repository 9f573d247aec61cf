package io.thalweg.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What happens to nodes: killed, stopped, started, more and fewer of them. */
final class NodeFaults {
  private static final Duration SCALING_MAX = Duration.ofSeconds(60);
  private static final int KILLED = 128 + 9;

  private NodeFaults() {}

  /** kill −9; the supervisor starts it again. The fault ends when it is dead. */
  static final class Kill implements Fault {
    private final int count;

    Kill(int count) {
      this.count = count;
    }

    @Override
    public String kind() {
      return count == 1 ? "kill -9 of a node" : "kill -9 of " + count + " nodes";
    }

    @Override
    public Effect inflict(Arena arena, Workload workload, RandomGenerator random) throws Exception {
      List<ClusterNode> nodes = new ArrayList<>(arena.nodes());
      java.util.Collections.shuffle(nodes, java.util.Random.from(random));
      List<ClusterNode> victims = nodes.subList(0, Math.min(count, nodes.size()));
      victims.forEach(arena.supervisor()::release);
      boolean killed = true;
      for (ClusterNode victim : victims) {
        victim.kill();
        killed &= victim.exitCode().orElse(0) == KILLED;
      }
      Effect effect = Effect.now(killed ? "exit code " + KILLED : "");
      victims.forEach(arena.supervisor()::want);
      return effect;
    }
  }

  /** SIGSTOP, SIGCONT. If it was too long, the node ends by itself and is started again. */
  record Freeze(String kind, int millisMin, int millisMax) implements Fault {
    @Override
    public Effect inflict(Arena arena, Workload workload, RandomGenerator random) throws Exception {
      ClusterNode node = arena.anyNode(random);
      int millis = random.nextInt(millisMin, millisMax);
      node.freeze();
      Thread.sleep(millis);
      boolean frozen = node.isFrozen();
      node.thaw();
      return Effect.now(frozen ? "process state T for " + millis + " ms" : "");
    }
  }

  /** Clean stop of each, one after the other. */
  record Roll() implements Fault {
    @Override
    public String kind() {
      return "rolling restart";
    }

    @Override
    public Effect inflict(Arena arena, Workload workload, RandomGenerator random) throws Exception {
      List<Integer> codes = new ArrayList<>();
      for (ClusterNode node : arena.nodes()) {
        arena.supervisor().release(node);
        codes.add(node.stop());
        arena.supervisor().want(node);
        arena.awaitServing();
      }
      boolean orderly = codes.stream().allMatch(code -> code == 0);
      return Effect.now(orderly ? "exit codes " + codes : "");
    }
  }

  /** Two nodes more, then three fewer, then as before. */
  record Scale() implements Fault {
    @Override
    public String kind() {
      return "scale 3, 5, 2, 3";
    }

    @Override
    public Effect inflict(Arena arena, Workload workload, RandomGenerator random) throws Exception {
      List<ClusterNode> all = arena.cluster().nodes();
      all.forEach(arena.supervisor()::want);
      arena.awaitServing();
      boolean grown = awaitMembers(arena, all.getFirst(), Arena.NODES_MAX);
      for (ClusterNode node : all.subList(2, Arena.NODES_MAX)) {
        arena.supervisor().release(node);
        node.stop();
      }
      boolean shrunk = awaitMembers(arena, all.getFirst(), 2);
      arena.supervisor().want(all.get(2));
      arena.awaitServing();
      return Effect.now(grown && shrunk ? "5 members up, then 2" : "");
    }

    private static boolean awaitMembers(Arena arena, ClusterNode asked, int count)
        throws Exception {
      long deadline = System.nanoTime() + SCALING_MAX.toNanos();
      while (arena.cluster().members(asked) != count) {
        if (System.nanoTime() > deadline) {
          return false;
        }
        Thread.sleep(100);
      }
      return true;
    }
  }

  /** A producer's process dies: what it had under way stays unknown. */
  record ProducerGone() implements Fault {
    @Override
    public String kind() {
      return "producer gone";
    }

    @Override
    public Effect inflict(Arena arena, Workload workload, RandomGenerator random) {
      return Effect.now(workload.abandon(random.nextInt(Integer.MAX_VALUE)) + " was closed");
    }
  }

  /** The clock of a node jumps, and back. What it writes meanwhile has the other time. */
  record ClockJump() implements Fault {
    private static final List<Duration> JUMPS =
        List.of(
            Duration.ofHours(1),
            Duration.ofHours(-1),
            Duration.ofDays(400),
            Duration.ofMinutes(-10));
    private static final int SHIFTED_MILLIS = 6_000;

    @Override
    public String kind() {
      return "clock jump";
    }

    @Override
    public boolean isPossible(Arena arena) {
      return arena.hasClocks();
    }

    @Override
    public Effect inflict(Arena arena, Workload workload, RandomGenerator random) throws Exception {
      ClusterNode node = arena.anyNode(random);
      Duration jump = JUMPS.get(random.nextInt(JUMPS.size()));
      ShiftedClocks.set(node.folder(), jump);
      Thread.sleep(SHIFTED_MILLIS);
      long rows = WrittenTimes.near(arena.postgres(), node.host().seed(), jump);
      ShiftedClocks.set(node.folder(), Duration.ZERO);
      return Effect.now(rows > 0 ? "%s: %,d rows of that time".formatted(jump, rows) : "");
    }
  }
}
