package io.thalweg.journal.postgres;

import io.thalweg.domain.key.DamagedJournalException;
import io.thalweg.domain.key.IdleDeadline;
import io.thalweg.domain.key.StreamKey;
import io.thalweg.journal.DueKeys;
import io.thalweg.journal.JournalSettings;
import io.thalweg.journal.KeyRecord;
import io.thalweg.journal.Row;
import io.thalweg.journal.RowKeys;
import io.thalweg.journal.Rows;
import io.thalweg.journal.StoreUnavailableException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rows as one connection reads them. */
final class PostgresRows implements Rows {

  /** The statements, which name the schema. */
  static final class Statements {
    private final String extent;
    private final String record;
    private final String events;
    private final String snapshot;
    private final String ids;
    private final String due;

    Statements(String schema) {
      extent =
          """
          select k.deleted_to,
            coalesce((select max(e.sequence_nr) from %1$s.events e
                      where e.persistence_id = k.persistence_id), 0),
            coalesce((select max(s.sequence_nr) from %1$s.snapshots s
                      where s.persistence_id = k.persistence_id), 0)
          from %1$s.keys k where k.persistence_id = ?
          """
              .formatted(schema);
      record =
          """
          select k.deleted_to,
            array(select s.sequence_nr from %1$s.snapshots s
                  where s.persistence_id = k.persistence_id order by s.sequence_nr),
            array(select s.timestamp_ms from %1$s.snapshots s
                  where s.persistence_id = k.persistence_id order by s.sequence_nr)
          from %1$s.keys k where k.persistence_id = ?
          """
              .formatted(schema);
      events =
          """
          select sequence_nr, row
          from (select sequence_nr, row,
                  sum(octet_length(row)) over (order by sequence_nr) - octet_length(row) before
                from (select sequence_nr, row from %1$s.events
                      where persistence_id = ? and sequence_nr between ? and ?
                      order by sequence_nr limit ?) few) sized
          where before < ? order by sequence_nr
          """
              .formatted(schema);
      snapshot =
          "select row from %1$s.snapshots where persistence_id = ? and sequence_nr = ?"
              .formatted(schema);
      ids =
          """
          select persistence_id from %1$s.keys
          where persistence_id >= ? and persistence_id < ? and persistence_id > ?
          order by persistence_id limit ?
          """
              .formatted(schema);
      due =
          """
          select at_nanos, persistence_id from %1$s.deadlines
          where at_nanos <= ? order by at_nanos, persistence_id limit ?
          """
              .formatted(schema);
    }
  }

  private final Statements statements;
  private final Connection connection;
  private final JournalSettings.HistoryBatch batch;
  private final String name;
  private final Heard heard;

  PostgresRows(
      Statements statements,
      Connection connection,
      JournalSettings.HistoryBatch batch,
      String name,
      Heard heard) {
    this.heard = heard;
    this.statements = statements;
    this.connection = connection;
    this.batch = batch;
    this.name = name;
  }

  /** Is told the highest number of an id that was asked for. */
  @FunctionalInterface
  interface Heard {
    void highest(String persistenceId, long highest);
  }

  private interface Filling {
    void fill(PreparedStatement statement) throws SQLException;
  }

  private interface Reading<T> {
    T read(ResultSet rows) throws SQLException;
  }

  @Override
  public Optional<Extent> extent(String persistenceId) {
    if (PersistenceIdCheck.refusal(persistenceId) != null) {
      return Optional.empty();
    }
    Optional<Extent> extent =
        ofKey(
            persistenceId,
            1,
            statements.extent,
            statement -> statement.setString(1, persistenceId),
            rows ->
                rows.next()
                    ? Optional.of(
                        extent(persistenceId, rows.getLong(1), rows.getLong(2), rows.getLong(3)))
                    : Optional.empty());
    heard.highest(persistenceId, extent.orElse(Extent.NOTHING).highest());
    return extent;
  }

  /**
   * @throws DamagedJournalException if the events end before the newest snapshot
   */
  private static Extent extent(
      String persistenceId, long deletedTo, long newestEvent, long newestSnapshot) {
    long highest = Math.max(deletedTo, newestEvent);
    if (highest < Math.max(1, newestSnapshot)) {
      throw new DamagedJournalException(
          persistenceId,
          highest + 1,
          "it is missing; versions up to " + Math.max(1, newestSnapshot) + " were stored");
    }
    return new Extent(deletedTo, highest);
  }

  @Override
  public Optional<KeyRecord> record(String persistenceId) {
    if (PersistenceIdCheck.refusal(persistenceId) != null) {
      return Optional.empty();
    }
    return ofKey(
        persistenceId,
        1,
        statements.record,
        statement -> statement.setString(1, persistenceId),
        rows ->
            rows.next()
                ? Optional.of(
                    new KeyRecord(rows.getLong(1), marks(rows.getArray(2), rows.getArray(3))))
                : Optional.empty());
  }

  private static List<KeyRecord.Mark> marks(Array sequences, Array timestamps) throws SQLException {
    Long[] numbers = (Long[]) sequences.getArray();
    Long[] times = (Long[]) timestamps.getArray();
    List<KeyRecord.Mark> marks = new ArrayList<>(numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      marks.add(new KeyRecord.Mark(numbers[i], times[i]));
    }
    return marks;
  }

  /** Reads in bounded batches, each a statement of its own: nothing is held open meanwhile. */
  @Override
  public void events(String persistenceId, long from, long to, Visitor visitor) {
    byte[] id = RowKeys.id(persistenceId);
    long next = from;
    while (next <= to) {
      long first = next;
      long reached =
          ofKey(
              persistenceId,
              first,
              statements.events,
              statement -> {
                statement.setString(1, persistenceId);
                statement.setLong(2, first);
                statement.setLong(3, to);
                statement.setInt(4, batch.eventsMax());
                statement.setLong(5, batch.bytesMax());
              },
              rows -> visit(rows, persistenceId, id, first, visitor));
      if (reached == STOPPED) {
        return;
      }
      if (reached == first) {
        throw new DamagedJournalException(persistenceId, first, "it is missing");
      }
      next = reached;
    }
  }

  private static final long STOPPED = -1;

  /** Returns the number after the last that was shown; or that the visitor wants no more. */
  private static long visit(
      ResultSet rows, String persistenceId, byte[] id, long first, Visitor visitor)
      throws SQLException {
    long expected = first;
    while (rows.next()) {
      long sequence = rows.getLong(1);
      if (sequence != expected) {
        throw new DamagedJournalException(
            persistenceId, expected, "it is missing; the next is " + sequence);
      }
      Optional<Row> row =
          Row.decode(persistenceId, expected, RowKeys.row(id, expected), rows.getBytes(2));
      if (row.isPresent() && !visitor.visit(expected, row.get())) {
        return STOPPED;
      }
      expected++;
    }
    return expected;
  }

  @Override
  public byte[] snapshot(String persistenceId, long sequence) {
    return ofKey(
        persistenceId,
        sequence,
        statements.snapshot,
        statement -> {
          statement.setString(1, persistenceId);
          statement.setLong(2, sequence);
        },
        rows -> {
          if (!rows.next()) {
            throw new DamagedJournalException(persistenceId, sequence, "its snapshot is missing");
          }
          return rows.getBytes(1);
        });
  }

  @Override
  public List<String> ids(String prefix, String after, int limit) {
    if (prefix.isEmpty() || prefix.indexOf('\0') >= 0) {
      return List.of();
    }
    // No id holds U+0000: those after "a\0b" are those after "a".
    int nul = after.indexOf('\0');
    String last = nul < 0 ? after : after.substring(0, nul);
    return read(
        statements.ids,
        statement -> {
          statement.setString(1, prefix);
          statement.setString(2, successor(prefix));
          statement.setString(3, last);
          statement.setInt(4, limit);
        },
        rows -> {
          List<String> found = new ArrayList<>();
          while (rows.next()) {
            found.add(rows.getString(1));
          }
          return found;
        });
  }

  /** The least text above all that begin with a prefix, by code points as by UTF-8 bytes. */
  static String successor(String prefix) {
    int end = prefix.length();
    while (end > 0) {
      int last = prefix.codePointBefore(end);
      end -= Character.charCount(last);
      if (last < Character.MAX_CODE_POINT) {
        int next = last + 1;
        boolean surrogate = next >= Character.MIN_SURROGATE && next <= Character.MAX_SURROGATE;
        return prefix.substring(0, end)
            + Character.toString(surrogate ? Character.MAX_SURROGATE + 1 : next);
      }
    }
    throw new IllegalArgumentException("no text is above all that begin with '" + prefix + "'");
  }

  @Override
  public List<DueKeys.Due> due(long nowNanos, int limit) {
    return read(
        statements.due,
        statement -> {
          statement.setLong(1, nowNanos);
          statement.setInt(2, limit);
        },
        rows -> {
          List<DueKeys.Due> due = new ArrayList<>();
          while (rows.next()) {
            due.add(
                new DueKeys.Due(
                    StreamKey.parse(rows.getString(2)), new IdleDeadline(rows.getLong(1))));
          }
          return due;
        });
  }

  private <T> T ofKey(
      String persistenceId, long sequence, String sql, Filling filling, Reading<T> reading) {
    try {
      return execute(sql, filling, reading);
    } catch (SQLException e) {
      if (SqlFailure.isCorruption(e)) {
        throw new DamagedJournalException(
            persistenceId, sequence, "it can't be read: " + e.getMessage());
      }
      throw unavailable(e);
    }
  }

  private <T> T read(String sql, Filling filling, Reading<T> reading) {
    try {
      return execute(sql, filling, reading);
    } catch (SQLException e) {
      throw unavailable(e);
    }
  }

  private <T> T execute(String sql, Filling filling, Reading<T> reading) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      filling.fill(statement);
      try (ResultSet rows = statement.executeQuery()) {
        return reading.read(rows);
      }
    }
  }

  private StoreUnavailableException unavailable(SQLException e) {
    return new StoreUnavailableException(name + " can't be read: " + e.getMessage(), e);
  }
}
