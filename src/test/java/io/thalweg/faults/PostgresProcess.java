package io.thalweg.faults;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL that syncs to disk, and can be killed, frozen and started again. */
final class PostgresProcess implements AutoCloseable {
  private final Path data;
  private final String host;
  private final int port;
  private @Nullable EmbeddedPostgres server;

  private PostgresProcess(Path data, String host, int port) {
    this.data = data;
    this.host = host;
    this.port = port;
  }

  /**
   * @param host where it listens, beside loopback
   */
  static PostgresProcess start(Path data, String host, int port) throws IOException {
    PostgresProcess postgres = new PostgresProcess(data, host, port);
    postgres.start();
    if (!host.equals("127.0.0.1")) {
      postgres.letIn(host);
    }
    return postgres;
  }

  /** Starts it, or starts it again on what it has stored. */
  void start() throws IOException {
    server =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setPort(port)
            .setServerConfig("listen_addresses", "127.0.0.1," + host)
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("max_connections", "100")
            .setPGStartupWait(Duration.ofSeconds(60))
            .start();
  }

  private void letIn(String address) throws IOException {
    String network = address.substring(0, address.lastIndexOf('.')) + ".0/24";
    Files.writeString(
        data.resolve("pg_hba.conf"),
        "\nhost all all " + network + " trust\n",
        StandardOpenOption.APPEND);
    try (Connection connection = connect();
        var statement = connection.createStatement()) {
      statement.execute("SELECT pg_reload_conf()");
    } catch (SQLException failure) {
      throw new IOException(failure);
    }
  }

  String url() {
    return "jdbc:postgresql://" + host + ":" + port + "/postgres";
  }

  /** A connection of the auditor's own. */
  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "");
  }

  /** kill −9 of the server and of all its processes. */
  void kill() throws IOException, InterruptedException {
    List<ProcessHandle> all = processes();
    Shell.signal("KILL", all);
    for (ProcessHandle process : all) {
      process.onExit().join();
    }
  }

  /** None of its processes runs until it is thawed; its sockets stay open. */
  void freeze() throws IOException, InterruptedException {
    Shell.signal("STOP", processes());
  }

  void thaw() throws IOException, InterruptedException {
    Shell.signal("CONT", processes());
  }

  private List<ProcessHandle> processes() throws IOException {
    long postmaster = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
    List<ProcessHandle> all = new ArrayList<>();
    ProcessHandle.of(postmaster)
        .ifPresent(
            process -> {
              all.add(process);
              process.descendants().forEach(all::add);
            });
    return all;
  }

  @Override
  public void close() throws IOException {
    EmbeddedPostgres running = server;
    if (running != null) {
      running.close();
    }
  }
}
