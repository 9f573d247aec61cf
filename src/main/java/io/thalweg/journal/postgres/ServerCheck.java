package io.thalweg.journal.postgres;

import io.thalweg.journal.StoreStartException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the server is one that keeps what it has committed. */
final class ServerCheck {
  private static final Logger LOG = LoggerFactory.getLogger(ServerCheck.class);
  private static final int OLDEST = 15;
  private static final int NEWEST = 18;

  private ServerCheck() {}

  /**
   * @throws StoreStartException if it is too old, or divides keys into another number of shards
   */
  static void run(PostgresSettings settings, Connection connection, int shards)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select current_setting('server_version_num')::int / 10000,"
                    + " current_setting('fsync'), current_setting('full_page_writes'),"
                    + " current_setting('synchronous_commit')")) {
      row.next();
      checkVersion(settings, row.getInt(1));
      if (!"on".equals(row.getString(2))) {
        LOG.warn("{} runs with fsync off: a crash loses what was acknowledged", settings.name());
      }
      if (!"on".equals(row.getString(3))) {
        LOG.warn("{} runs with full_page_writes off: a crash may damage it", settings.name());
      }
      LOG.info("{} commits with synchronous_commit = {}", settings.name(), row.getString(4));
    }
    int found = new ShardRows(settings.schema()).count(connection);
    if (found != shards) {
      throw new StoreStartException(
          "thalweg.cluster.shards is %d, but the schema '%s' of %s has %d: the number stays what it was at the first start"
              .formatted(shards, settings.schema(), settings.name(), found),
          null);
    }
  }

  static void checkVersion(PostgresSettings settings, int version) {
    if (version < OLDEST) {
      throw new StoreStartException(
          "%s has the version %d; %d to %d are supported"
              .formatted(settings.name(), version, OLDEST, NEWEST),
          null);
    }
    if (version > NEWEST) {
      LOG.warn("{} has the version {}, which was not tried", settings.name(), version);
    }
  }
}
