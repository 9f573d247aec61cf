package io.thalweg.journal.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections of the node's role, each with the session settings that the store relies on: all
 * statements commit by themselves, and end in time. Thread-safe.
 */
final class Pool implements AutoCloseable {
  private static final String SESSION =
      """
      select set_config('statement_timeout', '%1$d', false),
        set_config('lock_timeout', '%2$d', false),
        set_config('default_transaction_isolation', 'read committed', false),
        set_config('idle_in_transaction_session_timeout', '%1$d', false),
        case when current_setting('server_version_num')::int >= 170000
          then set_config('transaction_timeout', '%3$d', false) end,
        case when current_setting('synchronous_commit') = 'off'
          then set_config('synchronous_commit', 'on', false) end
      """;

  private static final Logger LOG = LoggerFactory.getLogger(Pool.class);

  private final HikariDataSource connections;

  Pool(PostgresSettings settings, String name, int size) {
    this(new HikariDataSource(config(settings, name, size)));
  }

  /** Of connections that are made elsewhere. */
  Pool(HikariDataSource connections) {
    this.connections = connections;
  }

  private static HikariConfig config(PostgresSettings settings, String name, int size) {
    PostgresSettings.Timeouts timeouts = settings.timeouts();
    HikariConfig config = new HikariConfig();
    config.setPoolName("thalweg-" + name);
    config.setJdbcUrl(settings.url());
    config.setDataSourceProperties(settings.driverProperties(settings.login()));
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(Math.min(size, 2));
    config.setConnectionTimeout(timeouts.connect().toMillis());
    config.setValidationTimeout(Math.max(250, timeouts.connect().toMillis() / 2));
    config.setInitializationFailTimeout(-1); // the first statement tells
    config.setConnectionInitSql(
        SESSION.formatted(
            timeouts.statement().toMillis(),
            timeouts.lock().toMillis(),
            timeouts.socket().toMillis()));
    return config;
  }

  /** Waits for one, at most as long as connecting may take. */
  Connection take() throws SQLException {
    return connections.getConnection();
  }

  /** A connection that failed is not used again; it is to be given back nevertheless. */
  void discard(Connection connection) {
    connections.evictConnection(connection);
  }

  void giveBack(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.debug("A connection could not be given back", e);
    }
  }

  @Override
  public void close() {
    connections.close();
  }
}
