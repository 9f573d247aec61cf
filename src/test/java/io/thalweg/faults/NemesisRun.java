package io.thalweg.faults;

import io.thalweg.faults.check.Check;
import io.thalweg.faults.check.Checker;
import io.thalweg.faults.check.Findings;
import io.thalweg.faults.check.History;
import io.thalweg.faults.check.Journal;
import io.thalweg.faults.check.Ownership;
import io.thalweg.faults.check.Samples;
import io.thalweg.v1.KeyState;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/**
 * One run: faults of all kinds, in an order that follows from the seed, one after the other for a
 * while; and the check of what is left. What the machine makes of the same choices is another
 * matter: a seed repeats the choices, not the timing.
 */
final class NemesisRun {
  private static final int KEYS = 240;
  private static final Workload.Load LOAD = new Workload.Load(3, 3_000, 1_000);
  private static final int FOLLOWED = 4;
  private static final Duration START_MAX = Duration.ofSeconds(60);
  private static final Duration HEALING_MAX = Duration.ofSeconds(90);
  private static final Duration WATCH_MAX = Duration.ofSeconds(20);
  private static final int PAUSE_MILLIS_MIN = 500;
  private static final int PAUSE_MILLIS_MAX = 2_500;

  private final long seed;
  private final Duration length;
  private final List<Fault> kinds;
  private final Path folder;
  private final RandomGenerator random;
  private final Findings findings = new Findings();
  private final List<RunRow.Inflicted> faults = new ArrayList<>();

  /**
   * @param folder of its own
   */
  NemesisRun(long seed, Duration length, List<Fault> kinds, Path folder) {
    this.seed = seed;
    this.length = length;
    this.kinds = kinds;
    this.folder = folder;
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  /** What was done so far. */
  List<RunRow.Inflicted> faults() {
    return List.copyOf(faults);
  }

  /**
   * @param number of its network
   */
  RunRow run(int number) throws Exception {
    Samples samples = new Samples("n", KEYS);
    List<Follower> followers = new ArrayList<>();
    try (Arena arena = Arena.create(folder, number, Arena.NODES, "");
        History history = new History(folder.resolve("history.txt"))) {
      try (Connection connection = arena.postgres().connect()) {
        Ownership.note(connection);
      }
      try (Workload workload = Workload.start(samples, arena.nodes(), LOAD, history)) {
        workload.awaitFresh(System.nanoTime(), START_MAX);
        for (int i = 0; i < FOLLOWED; i++) {
          int key = random.nextInt(KEYS);
          followers.add(Follower.start(samples.key(key), arena.nodes()));
        }
        inflictAll(arena, workload);
        finish(workload);
        arena.awaitServing();
        return check(arena, samples, history, workload, followers);
      } finally {
        for (Follower follower : followers) {
          follower.close();
        }
      }
    }
  }

  /** What is still under way if not all is acknowledged in time stays unknown. */
  private void finish(Workload workload) throws InterruptedException {
    try {
      workload.finish();
    } catch (AssertionError notInTime) {
      findings.add(Check.HEALING, String.valueOf(notInTime.getMessage()));
      workload.close();
    }
  }

  private void inflictAll(Arena arena, Workload workload) throws Exception {
    long end = System.nanoTime() + length.toNanos();
    List<Fault> deck = new ArrayList<>();
    while (System.nanoTime() < end && findings.isEmpty()) {
      if (deck.isEmpty()) {
        kinds.stream().filter(kind -> kind.isPossible(arena)).forEach(deck::add);
        Collections.shuffle(deck, Random.from(random));
      }
      Fault fault = deck.removeLast();
      Fault.Effect effect = fault.inflict(arena, workload, random);
      Duration healing = null;
      try {
        healing = workload.awaitFresh(effect.endNanos(), HEALING_MAX);
      } catch (AssertionError notInTime) {
        findings.add(Check.HEALING, fault.kind() + ": " + notInTime.getMessage());
      }
      faults.add(RunRow.Inflicted.of(fault.kind(), effect.evidence(), healing));
      say(fault.kind() + " (" + effect.evidence() + "): healed after " + healing);
      arena.awaitServing();
      Thread.sleep(random.nextInt(PAUSE_MILLIS_MIN, PAUSE_MILLIS_MAX));
    }
  }

  private RunRow check(
      Arena arena, Samples samples, History history, Workload workload, List<Follower> followers)
      throws Exception {
    Map<String, KeyState> before = states(arena, samples);
    try (Connection connection = arena.postgres().connect();
        Connection forOwners = arena.postgres().connect()) {
      Checker checker = new Checker(FaultCluster.STREAM, samples, history, findings);
      Checker.Seen seen = checker.check(connection, before::get);
      long watched = 0;
      for (Follower follower : followers) {
        awaitVersion(follower, checker.version(follower.key()));
        checker.checkWatch(follower.key(), follower.told());
        watched += follower.told().size();
        Throwable failure = follower.failure();
        if (failure != null) {
          findings.add(Check.WATCH, follower.key() + ": " + failure);
        }
      }
      int restarts = arena.supervisor().restarts();
      checkReplay(arena, samples, before);
      Ownership.Seen owned = Ownership.check(forOwners, findings);
      if (!findings.isEmpty()) {
        Journal.copy(connection, folder);
      }
      return new RunRow(
          seed,
          length.toSeconds(),
          "",
          seen.acknowledgedBatches(),
          seen.unknownBatches(),
          seen.samples(),
          seen.events(),
          workload.duplicates(),
          arena.cluster().fencedFlushes(),
          restarts,
          owned.claims(),
          watched,
          RunRow.counts(findings),
          findings.examples(),
          faults);
    }
  }

  /** All nodes are killed: what they recover must be what they had, to the bit. */
  private void checkReplay(Arena arena, Samples samples, Map<String, KeyState> before)
      throws Exception {
    for (ClusterNode node : arena.nodes()) {
      arena.supervisor().release(node);
      node.kill();
      arena.supervisor().want(node);
    }
    arena.awaitServing();
    Map<String, KeyState> after = states(arena, samples);
    for (String key : samples.keys()) {
      if (!Objects.equals(before.get(key), after.get(key))) {
        findings.add(
            Check.STATE,
            "%s was %s before a replay and is %s after it"
                .formatted(key, before.get(key), after.get(key)));
      }
    }
  }

  private static Map<String, KeyState> states(Arena arena, Samples samples) {
    Function<String, @Nullable KeyState> states =
        Scenario.states(arena.nodes().getFirst().channel());
    Map<String, KeyState> all = new HashMap<>();
    for (String key : samples.keys()) {
      KeyState state = states.apply(key);
      if (state != null) {
        all.put(key, state);
      }
    }
    return all;
  }

  private static void awaitVersion(Follower follower, long version) throws InterruptedException {
    long deadline = System.nanoTime() + WATCH_MAX.toNanos();
    while (follower.lastVersion() < version && System.nanoTime() < deadline) {
      Thread.sleep(20);
    }
  }

  private void say(String what) {
    System.err.println("nemesis " + seed + ": " + what);
  }
}
