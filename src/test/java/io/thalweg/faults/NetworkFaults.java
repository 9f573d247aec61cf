package io.thalweg.faults;

import java.util.random.RandomGenerator;

/** What happens between nodes, and between a node and the database; in namespaces alone. */
final class NetworkFaults {
  private static final int MILLIS_MIN = 6_000;
  private static final int MILLIS_MAX = 10_000;

  private NetworkFaults() {}

  /** What is cut. */
  enum Cut {
    BOTH_WAYS("partition of a node"),
    ALL("partition of a node from all, the database and clients too"),
    ONE_WAY_OUT("one-way partition: a node is not heard"),
    ONE_WAY_IN("one-way partition: a node does not hear"),
    PAIR("partition between two nodes"),
    DATABASE("a node cut from the database");

    private final String kind;

    Cut(String kind) {
      this.kind = kind;
    }
  }

  record Partition(Cut cut) implements Fault {
    @Override
    public String kind() {
      return cut.kind;
    }

    @Override
    public boolean isPossible(Arena arena) {
      return arena.hasNetwork();
    }

    @Override
    public Effect inflict(Arena arena, Workload workload, RandomGenerator random) throws Exception {
      ClusterNode node = arena.anyNode(random);
      int alone = arena.numberOf(node);
      Network network = arena.network();
      try {
        int routes = 0;
        for (ClusterNode other : arena.nodes()) {
          int number = arena.numberOf(other);
          if (number == alone || cut == Cut.DATABASE || cut == Cut.PAIR && routes > 0) {
            continue;
          }
          if (cut != Cut.ONE_WAY_IN) {
            network.cut(alone, network.address(number));
            routes++;
          }
          if (cut != Cut.ONE_WAY_OUT) {
            network.cut(number, network.address(alone));
            routes++;
          }
        }
        if (cut == Cut.ALL || cut == Cut.DATABASE) {
          network.cut(alone, network.postgres());
          routes++;
        }
        if (cut == Cut.ALL) {
          network.cut(alone, network.clients());
          routes++;
        }
        Thread.sleep(random.nextInt(MILLIS_MIN, MILLIS_MAX));
        // Each cut was confirmed by asking the kernel for the route.
        String evidence = "%d routes of node %d dropped by the kernel".formatted(routes, alone);
        network.heal();
        return Effect.now(evidence);
      } finally {
        network.heal();
      }
    }
  }
}
