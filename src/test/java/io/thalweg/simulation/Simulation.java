package io.thalweg.simulation;

import static io.thalweg.simulation.Scheduler.SECOND;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One run: from its seed alone follows all that happens in it. */
final class Simulation {
  private static final long PATIENCE = 300 * SECOND;

  /** Longer than anything that was sent can be under way. */
  private static final long SETTLING = 15 * SECOND;

  private static final int STEPS_MAX = 500_000;

  /**
   * What came of it.
   *
   * @param hash of all that happened, in its order
   * @param violation null where all held
   */
  record Result(
      long seed,
      long hash,
      int steps,
      long stored,
      long acknowledged,
      List<String> trace,
      @Nullable Violation violation) {}

  private final World world;
  private final Scheduler scheduler;
  private final long seed;
  private final List<ReferenceClient> clients = new ArrayList<>();
  private final List<WildClient> wild = new ArrayList<>();

  private Simulation(long seed, Wiring wiring, boolean traced) {
    this.seed = seed;
    this.scheduler = new Scheduler(seed, traced);
    Plan plan = Plan.of(scheduler.random());
    this.world = new World(scheduler, plan, wiring);
  }

  static Result run(long seed, Wiring wiring, boolean traced) {
    return new Simulation(seed, wiring, traced).run();
  }

  private Result run() {
    new Nemesis(world, clients).start();
    for (int i = 0; i < world.plan().producers(); i++) {
      clients.add(new ReferenceClient(world, i));
    }
    for (int i = 0; i < world.plan().wildProducers(); i++) {
      wild.add(new WildClient(world, i));
    }
    goOnUntil(this::isDone, world.plan().faultyNanos() + PATIENCE);
    long settled = scheduler.now() + SETTLING;
    goOnUntil(() -> scheduler.now() >= settled, settled + SETTLING);
    if (world.oracle().violation() == null) {
      recoverAll();
      world.oracle().end();
    }
    return new Result(
        seed,
        scheduler.hash(),
        scheduler.steps(),
        world.oracle().storedBatches(),
        world.oracle().acknowledgedBatches(),
        scheduler.trace(),
        world.oracle().violation());
  }

  private boolean isDone() {
    return world.isHealed()
        && clients.stream().allMatch(ReferenceClient::isDone)
        && wild.stream().allMatch(WildClient::isDone);
  }

  private interface Condition {
    boolean holds();
  }

  private void goOnUntil(Condition condition, long limit) {
    while (world.oracle().violation() == null && !condition.holds()) {
      boolean went = scheduler.step();
      world
          .oracle()
          .check(
              went && scheduler.now() <= limit && scheduler.steps() < STEPS_MAX,
              Invariant.HEALS,
              "at %d s and after %d steps not all is answered",
              scheduler.now() / SECOND,
              scheduler.steps());
    }
  }

  /** A node that knows nothing takes over all keys: what it reads is what is left. */
  private void recoverAll() {
    int[] places = new int[world.plan().shards()];
    int index = world.nodes().size();
    Arrays.fill(places, index);
    Node last = world.start(index, places);
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < world.plan().keys(); i++) {
      ids.add(World.id(i));
    }
    List<Key> keys = ids.stream().map(last::key).toList();
    goOnUntil(() -> keys.stream().allMatch(Key::isRecovered), scheduler.now() + SETTLING);
    if (world.oracle().violation() == null) {
      for (int i = 0; i < keys.size(); i++) {
        world.oracle().ends(ids.get(i), keys.get(i).state());
      }
    }
  }
}
