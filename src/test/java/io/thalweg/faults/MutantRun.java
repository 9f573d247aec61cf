package io.thalweg.faults;

import io.thalweg.faults.check.Check;
import io.thalweg.faults.check.Checker;
import io.thalweg.faults.check.Findings;
import io.thalweg.faults.check.History;
import io.thalweg.faults.check.Ownership;
import io.thalweg.faults.check.Samples;
import io.thalweg.faults.mutant.Mutation;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Whether the checker notices that the program is wrong: the program is made wrong in one way, goes
 * through faults in which that matters, and the checker looks. The same without anything wrong must
 * find nothing.
 */
final class MutantRun {
  private static final int KEYS = 80;
  private static final Workload.Load LOAD = new Workload.Load(2, 1_600, 1_000);
  private static final Duration START_MAX = Duration.ofSeconds(60);
  private static final Duration HEALING_MAX = Duration.ofSeconds(30);
  private static final int FLUSH_SECONDS_MAX = 20;
  private static final String FENCE = "where s.owner = caller and s.epoch = w.epoch";

  private final String name;
  private final Optional<Mutation> mutation;
  private final boolean moves;
  private final boolean unfenced;
  private final Findings findings = new Findings();

  /** What was found, and how long it took. */
  record Result(String name, Findings findings, Duration time) {}

  /**
   * @param moves whether it goes through shards that move, not through the other faults
   */
  private MutantRun(String name, Optional<Mutation> mutation, boolean moves, boolean unfenced) {
    this.name = name;
    this.mutation = mutation;
    this.moves = moves;
    this.unfenced = unfenced;
  }

  /** First those with nothing wrong. */
  static List<MutantRun> all() {
    List<MutantRun> all = new ArrayList<>();
    all.add(new MutantRun("none", Optional.empty(), false, false));
    all.add(new MutantRun("none, shards move", Optional.empty(), true, false));
    for (Mutation mutation : Mutation.values()) {
      String name = mutation.name().toLowerCase(Locale.ROOT).replace('_', ' ');
      all.add(new MutantRun(name, Optional.of(mutation), false, false));
    }
    all.add(new MutantRun("no fencing", Optional.empty(), true, true));
    return all;
  }

  String name() {
    return name;
  }

  boolean isMutant() {
    return mutation.isPresent() || unfenced;
  }

  Result run(Path folder, int number) throws Exception {
    long begun = System.nanoTime();
    Samples samples = new Samples("m", KEYS);
    TestAgent agent = TestAgent.write(folder);
    String options = mutation.map(m -> agent.option("mutant=" + m)).orElse("");
    try (Arena arena = Arena.create(folder, number, moves ? 3 : 1, options);
        History history = new History(folder.resolve("history.txt"));
        Connection connection = arena.postgres().connect()) {
      Ownership.note(connection);
      if (unfenced) {
        removeFence(connection);
      }
      try (Workload workload = Workload.start(samples, arena.nodes(), LOAD, history)) {
        workload.awaitFresh(System.nanoTime(), START_MAX);
        Thread.sleep(2_000);
        if (moves) {
          freezeUntilMoved(arena, workload, samples);
        } else {
          goThroughFaults(arena, workload);
        }
        healing(() -> workload.finish());
        arena.awaitServing();
        check(arena, samples, history);
      }
    }
    return new Result(name, findings, Duration.ofNanos(System.nanoTime() - begun));
  }

  /** A database that hangs, an answer that is lost, a node that dies with much under way. */
  private void goThroughFaults(Arena arena, Workload workload) throws Exception {
    freezeDatabase(arena, 3_000);
    healing(() -> workload.awaitFresh(System.nanoTime(), HEALING_MAX));
    Trap trap = Trap.of(Trap.Point.AFTER_COMMIT, Trap.What.EVENTS, node -> {});
    arena.proxy().set(trap);
    try {
      var unused = trap.evidence().get(20, TimeUnit.SECONDS);
    } catch (TimeoutException nothingIsWritten) {
      findings.add(Check.HEALING, "nothing is written");
    }
    healing(() -> workload.awaitFresh(System.nanoTime(), HEALING_MAX));
    arena.postgres().freeze();
    Thread.sleep(1_500);
    arena.cluster().node(0).kill();
    arena.postgres().thaw();
    healing(() -> workload.awaitFresh(System.nanoTime(), HEALING_MAX));
  }

  private static void freezeDatabase(Arena arena, int millis) throws Exception {
    arena.postgres().freeze();
    Thread.sleep(millis);
    arena.postgres().thaw();
  }

  /**
   * A flush of a node stays on its way until others own its shards. What is in it was told to that
   * node alone, and nobody sends it again: the new owners must not have taken its events' numbers,
   * or it would be refused for that.
   */
  private void freezeUntilMoved(Arena arena, Workload workload, Samples samples) throws Exception {
    ClusterNode frozen = arena.cluster().node(1);
    Hold hold = Hold.of(1);
    workload.pause(true);
    Thread.sleep(2_000);
    workload.abandonAll(List.of(frozen));
    arena.proxy().hold(hold);
    workload.pause(false);
    hold.withheld().get(FLUSH_SECONDS_MAX, TimeUnit.SECONDS);
    workload.pause(true);
    frozen.freeze();
    workload.abandonAll(arena.nodes());
    Probe.untilAllAnswer(
        samples.keys(), arena.cluster().others(frozen).subList(0, 2), System.nanoTime(), START_MAX);
    hold.letGo();
    hold.answered().get(FLUSH_SECONDS_MAX, TimeUnit.SECONDS);
    frozen.thaw();
    Thread.sleep(5_000);
    workload.pause(false);
    healing(() -> workload.awaitFresh(System.nanoTime(), HEALING_MAX));
  }

  /** A place where something must come to its end. */
  private interface Awaited {
    void run() throws InterruptedException;
  }

  private void healing(Awaited awaited) throws InterruptedException {
    try {
      awaited.run();
    } catch (AssertionError notInTime) {
      findings.add(Check.HEALING, String.valueOf(notInTime.getMessage()));
    }
  }

  private void check(Arena arena, Samples samples, History history) throws Exception {
    try (Connection journal = arena.postgres().connect();
        Connection owners = arena.postgres().connect()) {
      Checker checker = new Checker(FaultCluster.STREAM, samples, history, findings);
      checker.check(journal, Scenario.states(arena.nodes().getFirst().channel()));
      Ownership.check(owners, findings);
    }
  }

  /** The function that stores events no longer asks who owns their shards. */
  private static void removeFence(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      String flush;
      try (ResultSet row =
          statement.executeQuery("SELECT pg_get_functiondef('thalweg.flush'::regproc)")) {
        row.next();
        flush = row.getString(1);
      }
      if (!flush.contains(FENCE)) {
        throw new IllegalStateException("there is no fence as we know it in " + flush);
      }
      statement.execute(flush.replace(FENCE, "where caller is not null"));
    }
  }
}
