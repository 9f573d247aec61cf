package io.thalweg.journal.postgres;

import io.thalweg.journal.StoreStartException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/** Brings the schema up to date, or says what it lacks. */
final class Migration {
  private static final String LOCATION = "classpath:io/thalweg/journal/postgres";
  private static final String HISTORY_TABLE = "schema_history";

  /** "thalweg", in the key space of advisory locks. */
  private static final long LOCK = 0x7468616c776567L;

  private Migration() {}

  /**
   * @throws StoreStartException if the schema is not as it must be
   */
  static void run(PostgresSettings settings, int shards) {
    PostgresSettings.Login login =
        settings.migrate() ? settings.migrationLogin() : settings.login();
    LoginDataSource connections = new LoginDataSource(settings, login);
    try (Connection alone = connections.getConnection()) {
      if (settings.migrate()) {
        lock(alone);
      }
      Flyway flyway = flyway(settings, connections, shards).load();
      if (settings.migrate()) {
        flyway.migrate();
      } else {
        refusePending(settings, flyway.info().pending());
      }
    } catch (SQLException e) {
      throw new StoreStartException(
          settings.name() + " can't be used as " + login + ": " + e.getMessage(), e);
    } catch (FlywayException e) {
      throw new StoreStartException(
          "the schema '"
              + settings.schema()
              + "' of "
              + settings.name()
              + " could not be "
              + (settings.migrate() ? "brought up to date as " : "looked at as ")
              + login
              + ": "
              + e.getMessage(),
          e);
    }
  }

  /** Nodes that start at the same time take turns: they can't all create the schema. */
  private static void lock(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("select pg_advisory_lock(" + LOCK + ")");
    }
  }

  private static FluentConfiguration flyway(
      PostgresSettings settings, LoginDataSource connections, int shards) {
    return Flyway.configure(Migration.class.getClassLoader())
        .dataSource(connections)
        .locations(LOCATION)
        .defaultSchema(settings.schema())
        .schemas(settings.schema())
        .table(HISTORY_TABLE)
        .createSchemas(settings.migrate())
        .validateMigrationNaming(true)
        .cleanDisabled(true)
        .placeholders(
            Map.of(
                "schema", settings.schema(),
                "shards", String.valueOf(shards),
                "role", '"' + settings.login().user().replace("\"", "\"\"") + '"'));
  }

  private static void refusePending(PostgresSettings settings, MigrationInfo[] pending) {
    if (pending.length > 0) {
      throw new StoreStartException(
          "the schema '"
              + settings.schema()
              + "' of "
              + settings.name()
              + " lacks "
              + Arrays.stream(pending)
                  .map(MigrationInfo::getScript)
                  .collect(Collectors.joining(", "))
              + ": start a node with thalweg.journal.postgres.migrate = on, and a role that may"
              + " create it, once",
          null);
    }
  }
}
