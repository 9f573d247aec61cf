package io.thalweg.faults.check;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** What the database holds, read by plain SQL. */
public final class Journal {
  private static final String EVENTS =
      "SELECT persistence_id, sequence_nr, epoch, row FROM thalweg.events"
          + " WHERE persistence_id COLLATE \"C\" >= ? AND persistence_id COLLATE \"C\" < ?"
          + " ORDER BY persistence_id COLLATE \"C\", sequence_nr";
  private static final int FETCH = 1_000;

  private static final List<String> TABLES =
      List.of(
          "thalweg.events", "thalweg.snapshots", "thalweg.shards", "noted.claims", "noted.writes");

  private Journal() {}

  /** Copies events, owners and what was noted of them to files, for who looks into a finding. */
  public static void copy(Connection connection, Path folder) throws SQLException, IOException {
    CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
    for (String table : TABLES) {
      try (OutputStream file = Files.newOutputStream(folder.resolve(table + ".csv"))) {
        var unused = copies.copyOut("COPY " + table + " TO STDOUT (FORMAT csv, HEADER)", file);
      }
    }
  }

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
