package io.thalweg.faults.check;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** The events of some keys of a stream, read by plain SQL. */
final class Journal {
  private static final String EVENTS =
      "SELECT persistence_id, sequence_nr, epoch, row FROM thalweg.events"
          + " WHERE persistence_id COLLATE \"C\" >= ? AND persistence_id COLLATE \"C\" < ?"
          + " ORDER BY persistence_id COLLATE \"C\", sequence_nr";
  private static final int FETCH = 1_000;

  private Journal() {}

  /** Of each key that has events its log, by the stream's name, a slash and the key. */
  static Map<String, KeyLog> read(
      Connection connection, String stream, Samples samples, Findings findings)
      throws SQLException {
    Map<String, KeyLog> logs = new TreeMap<>();
    connection.setAutoCommit(false);
    try (PreparedStatement statement = connection.prepareStatement(EVENTS)) {
      String prefix = stream + "/" + samples.prefix() + "-";
      statement.setFetchSize(FETCH);
      statement.setString(1, prefix);
      statement.setString(2, prefix + ":"); // what comes after the digits
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          logs.computeIfAbsent(rows.getString(1), KeyLog::new)
              .add(rows.getLong(2), rows.getLong(3), rows.getBytes(4), samples, findings);
        }
      }
    }
    connection.rollback();
    return logs;
  }
}
