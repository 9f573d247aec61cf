package io.thalweg.simulation;

import static io.thalweg.simulation.Scheduler.MILLI;
import static io.thalweg.simulation.Scheduler.SECOND;

import io.thalweg.journal.postgres.SimulatedConnections;
import java.sql.SQLException;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The way of one node to the database. A statement can fail before it is done or after, be rolled
 * back, be done long after its sender has given up, or have its sender stopped before it is sent or
 * before the answer is heard.
 */
final class DatabaseLine implements SimulatedConnections.Line {
  private static final Life SERVER = new Life("database");

  private final World world;
  private final Life life;

  DatabaseLine(World world, Life life) {
    this.world = world;
    this.life = life;
  }

  @Override
  public List<Object[]> pass(String what, Work work) throws SQLException {
    Scheduler scheduler = world.scheduler();
    RandomGenerator random = scheduler.random();
    pause(what);
    if (world.isCutOff(life)) {
      throw lost(what, "never sent");
    }
    scheduler.note(what, () -> "of " + life.name + " reaches the database");
    if (!scheduler.chance(world.failedStatements())) {
      List<Object[]> answer = work.run();
      pause(what);
      return answer;
    }
    switch (random.nextInt(4)) {
      case 0 -> throw lost(what, "not done");
      case 1 -> {
        scheduler.note("rolled back", () -> what + " of " + life.name);
        throw new SQLException(what + " is cancelled", "57014");
      }
      case 2 -> {
        var unused = work.run();
        throw lost(what, "done");
      }
      default -> {
        scheduler.after(
            random.nextLong(12 * SECOND), SERVER, "does a lost " + what, () -> runLate(what, work));
        throw lost(what, "done later");
      }
    }
  }

  private void runLate(String what, Work work) {
    try {
      var unused = work.run();
    } catch (SQLException e) {
      world.note("failed", () -> "a lost " + what + " of " + life.name + ": " + e.getMessage());
    }
  }

  private SQLException lost(String what, String how) {
    world.note("lost", () -> what + " of " + life.name + ", " + how);
    return new SQLException("the connection is lost during " + what, "08006");
  }

  /** While it claims nobody else of its process goes on: the claim's thread has its monitor. */
  private void pause(String what) {
    Scheduler scheduler = world.scheduler();
    if (scheduler.chance(world.pausedStatements())) {
      boolean frozen = !what.equals("flush") || scheduler.random().nextBoolean();
      long most = scheduler.random().nextInt(4) == 0 ? 15 * SECOND : 100 * MILLI;
      scheduler.pause(life, frozen, scheduler.random().nextLong(most));
    }
  }
}
