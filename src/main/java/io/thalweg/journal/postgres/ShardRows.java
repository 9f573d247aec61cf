package io.thalweg.journal.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** The rows that say who owns which shard. */
final class ShardRows {
  private final String read;
  private final String claim;
  private final String count;

  ShardRows(String schema) {
    read = "select owner, node, epoch from " + schema + ".shards where shard = ?";
    claim =
        "update "
            + schema
            + ".shards set owner = ?, node = ?, epoch = epoch + 1, claimed_at = now()"
            + " where shard = ? and epoch = ?";
    count = "select count(*), coalesce(max(shard), -1) from " + schema + ".shards";
  }

  /** What a shard's row says; nobody's owner and node are empty. */
  record Owner(String owner, String node, long epoch) {}

  Owner read(Connection connection, int shard) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(read)) {
      statement.setInt(1, shard);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("shard " + shard + " has no row");
        }
        return new Owner(orEmpty(row, 1), orEmpty(row, 2), row.getLong(3));
      }
    }
  }

  /**
   * Takes a shard over if its epoch is still this one, once every flush under way has ended that
   * holds the row. A claim that arrives late thus does nothing.
   *
   * @return whether it is taken over, under the next epoch
   */
  boolean claim(Connection connection, int shard, long epoch, String owner, String node)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(claim)) {
      statement.setString(1, owner);
      statement.setString(2, node);
      statement.setInt(3, shard);
      statement.setLong(4, epoch);
      return statement.executeUpdate() == 1;
    }
  }

  /** How many shards there are; -1 where the table is not as it was made. */
  int count(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(count);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getInt(1) == row.getInt(2) + 1 ? row.getInt(1) : -1;
    }
  }

  private static String orEmpty(ResultSet row, int column) throws SQLException {
    String text = row.getString(column);
    return text == null ? "" : text;
  }
}
