package io.thalweg.faults;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

/** By which clock a node has written, as the rows of the journal say. */
final class WrittenTimes {
  private static final String NEAR =
      """
      SELECT count(*) FROM thalweg.events e
      JOIN thalweg.shards s ON s.shard = e.shard AND s.epoch = e.epoch
      WHERE s.node LIKE ? AND abs(
        ('x' || encode(substr(e.row, 6, 8), 'hex'))::bit(64)::bigint
        - extract(epoch FROM now()) * 1000 - ?) < 60000
      """;

  private WrittenTimes() {}

  /** How many rows a node has written within a minute of now by a clock that is ahead so much. */
  static long near(PostgresProcess postgres, String node, Duration ahead) throws SQLException {
    try (Connection connection = postgres.connect();
        PreparedStatement statement = connection.prepareStatement(NEAR)) {
      statement.setString(1, "%" + node + "%");
      statement.setLong(2, ahead.toMillis());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
