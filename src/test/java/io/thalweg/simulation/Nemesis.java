package io.thalweg.simulation;

import static io.thalweg.simulation.Scheduler.MILLI;
import static io.thalweg.simulation.Scheduler.SECOND;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Does one bad thing after the other, for as long as the plan says, and then makes all well. It
 * also is what says where shards are: each node hears of that in its own time, or never.
 */
final class Nemesis {
  private static final Life LIFE_OF_ALL = new Life("nemesis");

  private final World world;
  private final Scheduler scheduler;
  private final RandomGenerator random;
  private final List<ReferenceClient> clients;
  private final int[] places;
  private int allocations;

  Nemesis(World world, List<ReferenceClient> clients) {
    this.world = world;
    this.scheduler = world.scheduler();
    this.random = scheduler.random();
    this.clients = clients;
    this.places = new int[world.plan().shards()];
    Arrays.setAll(places, shard -> random.nextInt(world.plan().nodes()));
  }

  void start() {
    for (int i = 0; i < world.plan().nodes(); i++) {
      var unused = world.start(i, places);
    }
    next();
    after(world.plan().faultyNanos(), "heals", this::heal);
  }

  private void next() {
    after(
        random.nextLong(2 * world.plan().nemesisEveryNanos()),
        "strikes",
        () -> {
          if (!world.isHealed()) {
            strike();
            next();
          }
        });
  }

  private void strike() {
    Node node = world.nodes().get(random.nextInt(world.plan().nodes()));
    int shard = random.nextInt(places.length);
    String id = World.id(random.nextInt(world.plan().keys()));
    switch (random.nextInt(12)) {
      case 0 -> freeze(node);
      case 1 -> kill(node);
      case 2 -> handOver(shard, random.nextInt(world.plan().nodes()));
      case 3 -> split(shard);
      case 4 -> partition(node.index(), random.nextInt(world.plan().nodes()));
      case 5 -> cutOff(node.index());
      case 6 -> trouble();
      case 7 -> node.clockJumps(random.nextLong(-20 * SECOND, 20 * SECOND));
      case 8 -> world.nodes().forEach(n -> n.passivate(id));
      case 9, 10 -> checkIdle(id);
      default -> clients.get(random.nextInt(clients.size())).restart();
    }
    if (random.nextInt(8) == 0) {
      world.breakCalls(node);
    }
  }

  private long aWhile() {
    return random.nextInt(3) == 0 ? random.nextLong(12 * SECOND) : random.nextLong(1_000 * MILLI);
  }

  private void freeze(Node node) {
    long nanos = aWhile();
    world.note("freeze", () -> node.name() + " for " + nanos / MILLI + " ms");
    node.life().frozenUntil = Math.max(node.life().frozenUntil, scheduler.now() + nanos);
    if (random.nextBoolean()) {
      moveAllFrom(node.index());
    }
  }

  private void kill(Node node) {
    if (node.life().ended) {
      return;
    }
    world.kill(node);
    moveAllFrom(node.index());
    after(aWhile(), "restarts " + node.name(), () -> restart(node));
  }

  private void restart(Node node) {
    if (world.nodes().get(node.index()) == node) {
      var unused = world.start(node.index(), places);
    }
  }

  /** It is taken to be dead, rightly or not. */
  private void moveAllFrom(int index) {
    for (int shard = 0; shard < places.length; shard++) {
      if (places[shard] == index) {
        int one = shard;
        after(
            random.nextLong(2 * SECOND),
            "moves shard " + shard,
            () -> handOver(one, random.nextInt(world.plan().nodes())));
      }
    }
  }

  private void handOver(int shard, int to) {
    world.note("moves", () -> "shard " + shard + " to n" + to);
    places[shard] = to;
    String incarnation = "a" + ++allocations;
    for (Node node : world.nodes()) {
      scheduler.after(
          random.nextLong(500 * MILLI),
          node.life(),
          "hears where shard " + shard + " is",
          () -> hears(node, shard, to, incarnation, true));
    }
  }

  /** Some believe it to be there as well. */
  private void split(int shard) {
    int to = random.nextInt(world.plan().nodes());
    world.note("splits", () -> "shard " + shard + ", also on n" + to);
    String incarnation = "a" + ++allocations;
    for (Node node : world.nodes()) {
      if (node.index() == to || random.nextBoolean()) {
        scheduler.after(
            random.nextLong(100 * MILLI),
            node.life(),
            "believes shard " + shard + " elsewhere",
            () -> hears(node, shard, to, incarnation, false));
      }
    }
  }

  /** News from before all was made well is no news any more. */
  private void hears(Node node, int shard, int at, String incarnation, boolean handedOver) {
    if (!world.isHealed()) {
      node.place(shard, at, incarnation, handedOver);
    }
  }

  private void partition(int a, int b) {
    world.note("partition", () -> "n" + a + " to n" + b);
    world.partition(a, b, true);
    boolean both = random.nextBoolean();
    world.partition(b, a, both);
    after(
        aWhile(),
        "mends n" + a + " to n" + b,
        () -> {
          world.partition(a, b, false);
          world.partition(b, a, false);
        });
  }

  private void cutOff(int node) {
    world.note("cut off", () -> "n" + node + " from the database");
    world.cutOff(node, true);
    after(aWhile(), "reaches the database", () -> world.cutOff(node, false));
  }

  private void trouble() {
    world.troubled(true);
    after(aWhile() / 2, "the database is well", () -> world.troubled(false));
  }

  private void checkIdle(String id) {
    for (Node node : world.nodes()) {
      scheduler.after(0, node.life(), "looks whether idle: " + id, () -> node.checkIdle(id));
    }
  }

  private void heal() {
    world.heal();
    for (Node node : List.copyOf(world.nodes())) {
      if (node.life().ended) {
        restart(node);
      }
    }
    placeAll("healed");
  }

  /** From now on they stay where they are. */
  private void placeAll(String incarnation) {
    for (int shard = 0; shard < places.length; shard++) {
      int to = random.nextInt(world.plan().nodes());
      places[shard] = to;
      for (Node node : world.nodes()) {
        node.place(shard, to, incarnation, true);
      }
    }
  }

  private void after(long nanos, String what, Runnable step) {
    scheduler.after(nanos, LIFE_OF_ALL, what, step);
  }
}
