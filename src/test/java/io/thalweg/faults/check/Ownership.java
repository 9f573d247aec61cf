package io.thalweg.faults.check;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;

/**
 * Who wrote when. Triggers of the test's own note, in one order, each claim of a shard and each
 * flush with the epochs that it wrote under. A flush takes its place in that order while it holds
 * the shard's row, so that every accepted write must be of the epoch that was claimed last before
 * it: the intervals of two owners never overlap.
 */
public final class Ownership {
  private static final String TRIGGERS =
      """
      CREATE SCHEMA IF NOT EXISTS noted;
      CREATE SEQUENCE noted.place;
      CREATE TABLE noted.claims (
        place bigint NOT NULL, shard int NOT NULL, epoch bigint NOT NULL, owner text);
      CREATE TABLE noted.writes (
        place bigint NOT NULL, shard int NOT NULL, epoch bigint NOT NULL, events bigint NOT NULL);
      CREATE FUNCTION noted.claimed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
      BEGIN
        INSERT INTO noted.claims VALUES (nextval('noted.place'), new.shard, new.epoch, new.owner);
        RETURN NULL;
      END $$;
      CREATE FUNCTION noted.wrote() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
      DECLARE
        here bigint := nextval('noted.place');
      BEGIN
        INSERT INTO noted.writes
        SELECT here, shard, epoch, count(*) FROM written GROUP BY shard, epoch;
        RETURN NULL;
      END $$;
      CREATE TRIGGER claimed AFTER UPDATE ON thalweg.shards
        FOR EACH ROW WHEN (old.epoch IS DISTINCT FROM new.epoch)
        EXECUTE FUNCTION noted.claimed();
      CREATE TRIGGER wrote AFTER INSERT ON thalweg.events REFERENCING NEW TABLE AS written
        FOR EACH STATEMENT EXECUTE FUNCTION noted.wrote();
      INSERT INTO noted.claims
      SELECT nextval('noted.place'), shard, epoch, owner FROM thalweg.shards WHERE epoch > 0;
      """;

  private static final String ALL =
      """
      SELECT place, shard, epoch, true, 0 FROM noted.claims
      UNION ALL SELECT place, shard, epoch, false, events FROM noted.writes
      ORDER BY 1
      """;

  private static final String OF_EVENTS =
      """
      SELECT count(*) FROM (
        SELECT persistence_id, epoch, lag(epoch) OVER (
          PARTITION BY persistence_id ORDER BY sequence_nr) before
        FROM thalweg.events) e
      WHERE epoch < before
      """;

  private Ownership() {}

  /** Sets the triggers, and notes who owns what so far; before anything is written. */
  public static void note(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(TRIGGERS);
    }
  }

  /** What was noted. */
  public record Seen(long claims, long writes) {}

  /** Goes through all that was noted. */
  public static Seen check(Connection connection, Findings findings) throws SQLException {
    Tenures tenures = new Tenures(findings);
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(ALL)) {
      while (rows.next()) {
        int shard = rows.getInt(2);
        long epoch = rows.getLong(3);
        if (rows.getBoolean(4)) {
          tenures.claim(shard, epoch);
        } else {
          tenures.write(shard, epoch, rows.getLong(5));
        }
      }
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(OF_EVENTS)) {
      row.next();
      if (row.getLong(1) > 0) {
        findings.add(Check.OWNERSHIP, row.getLong(1) + " events are of an epoch before others'");
      }
    }
    return new Seen(tenures.claims, tenures.writes);
  }

  /** Claims and writes in their order: who owned each shard when. */
  static final class Tenures {
    private final Map<Integer, Long> epochs = new HashMap<>();
    private final Findings findings;
    private long claims;
    private long writes;

    Tenures(Findings findings) {
      this.findings = findings;
    }

    void claim(int shard, long epoch) {
      claims++;
      Long before = epochs.put(shard, epoch);
      if (before != null && epoch != before + 1) {
        findings.add(
            Check.OWNERSHIP,
            "shard %d: epoch %d was claimed after %d".formatted(shard, epoch, before));
      }
    }

    void write(int shard, long epoch, long events) {
      writes++;
      long owned = epochs.getOrDefault(shard, 0L);
      if (epoch != owned) {
        findings.add(
            Check.OWNERSHIP,
            "shard %d: %d events of epoch %d were accepted during epoch %d"
                .formatted(shard, events, epoch, owned));
      }
    }
  }
}
