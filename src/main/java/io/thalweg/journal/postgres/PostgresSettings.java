package io.thalweg.journal.postgres;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * How the database is reached. Each is described where its default stands, in {@code
 * reference.conf} under {@code thalweg.journal.postgres}.
 */
public record PostgresSettings(
    String url,
    Login login,
    String schema,
    boolean migrate,
    Login migrationLogin,
    int readConnections,
    Timeouts timeouts,
    Duration checkEvery) {

  private static final String PATH = "thalweg.journal.postgres";
  private static final Pattern SCHEMA = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

  public PostgresSettings {
    require(url.startsWith("jdbc:postgresql:"), "url (jdbc:postgresql://...)", url);
    require(SCHEMA.matcher(schema).matches(), "schema (a-z, 0-9, _)", "'" + schema + "'");
    require(
        readConnections >= 1 && readConnections <= 200,
        "read-connections (1 to 200)",
        readConnections);
    require(checkEvery.toMillis() >= 10, "check-every (>= 10ms)", checkEvery);
  }

  /** A role and its password, which is not told. */
  public record Login(String user, String password) {
    public Login {
      require(!user.isEmpty(), "user", "empty");
    }

    @Override
    public String toString() {
      return user;
    }
  }

  /** How long what may take; each is below the next. */
  public record Timeouts(
      Duration connect, Duration lock, Duration statement, Duration socket, Duration write) {
    public Timeouts {
      require(isSeconds(connect), "connect-timeout (whole seconds, from 1s)", connect);
      require(lock.toMillis() >= 1, "lock-timeout (>= 1ms)", lock);
      require(statement.compareTo(lock) >= 0, "statement-timeout (>= lock-timeout)", statement);
      require(isSeconds(socket), "socket-timeout (whole seconds, from 1s)", socket);
      require(socket.compareTo(statement) > 0, "socket-timeout (above statement-timeout)", socket);
      require(write.compareTo(socket) > 0, "write-timeout (above socket-timeout)", write);
      require(write.compareTo(connect) > 0, "write-timeout (above connect-timeout)", write);
    }

    private static boolean isSeconds(Duration duration) {
      return duration.toSeconds() >= 1 && duration.equals(Duration.ofSeconds(duration.toSeconds()));
    }
  }

  /** Reads {@code thalweg.journal.postgres} of a system's configuration. */
  public static PostgresSettings from(Config system) {
    Config config = system.getConfig(PATH);
    Login login = new Login(config.getString("user"), password(config, "password"));
    String migrationUser = config.getString("migration-user");
    return new PostgresSettings(
        config.getString("url"),
        login,
        config.getString("schema"),
        config.getBoolean("migrate"),
        migrationUser.isEmpty()
            ? login
            : new Login(migrationUser, password(config, "migration-password")),
        config.getInt("read-connections"),
        new Timeouts(
            config.getDuration("connect-timeout"),
            config.getDuration("lock-timeout"),
            config.getDuration("statement-timeout"),
            config.getDuration("socket-timeout"),
            config.getDuration("write-timeout")),
        config.getDuration("check-every"));
  }

  /** For messages: without options, which may hold a password. */
  String name() {
    int options = url.indexOf('?');
    return "PostgreSQL at " + (options < 0 ? url : url.substring(0, options));
  }

  /** For the driver. What the URL says wins. */
  Properties driverProperties(Login as) {
    Properties properties = new Properties();
    properties.setProperty("user", as.user());
    properties.setProperty("password", as.password());
    properties.setProperty("ApplicationName", "thalweg");
    properties.setProperty("connectTimeout", String.valueOf(timeouts.connect().toSeconds()));
    properties.setProperty("loginTimeout", String.valueOf(timeouts.connect().toSeconds()));
    properties.setProperty("socketTimeout", String.valueOf(timeouts.socket().toSeconds()));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("targetServerType", "primary");
    properties.setProperty("reWriteBatchedInserts", "false");
    return properties;
  }

  private static String password(Config config, String key) {
    String file = config.getString(key + "-file");
    if (file.isEmpty()) {
      return config.getString(key);
    }
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      throw new IllegalArgumentException(
          PATH + "." + key + "-file can't be read: " + e.getMessage(), e);
    }
  }

  private static void require(boolean holds, String what, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(PATH + "." + what + " must not be " + value);
    }
  }
}
