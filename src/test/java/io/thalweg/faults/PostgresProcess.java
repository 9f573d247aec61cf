package io.thalweg.faults;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A PostgreSQL that syncs to disk, and can be killed, frozen and started again. */
final class PostgresProcess implements AutoCloseable {
  private static final String SETTINGS =
      """

      port = %d
      listen_addresses = '127.0.0.1,%s'
      fsync = on
      synchronous_commit = on
      full_page_writes = on
      max_connections = 100
      """;

  private static final int ENDS_SECONDS_MAX = 20;

  private final Path data;
  private final String host;
  private final int port;
  private final Path log;
  private Path pgCtl = Path.of("pg_ctl");
  private boolean closed;

  private PostgresProcess(Path data, Path log, String host, int port) {
    this.data = data;
    this.host = host;
    this.port = port;
    this.log = log;
  }

  /**
   * @param host where it listens, beside loopback
   */
  static PostgresProcess start(Path data, String host, int port)
      throws IOException, InterruptedException {
    return start(data, data.resolveSibling("postgres.log"), host, port, "");
  }

  /**
   * @param log where it writes what happens to it
   * @param settings lines of its configuration beside ours
   */
  static PostgresProcess start(Path data, Path log, String host, int port, String settings)
      throws IOException, InterruptedException {
    PostgresProcess postgres = new PostgresProcess(data, log, host, port);
    postgres.initialize(settings);
    postgres.start();
    return postgres;
  }

  private void initialize(String settings) throws IOException {
    try (EmbeddedPostgres first =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setPort(port)
            .setPGStartupWait(Duration.ofSeconds(60))
            .start()) {
      Path server = Path.of("/proc", Long.toString(postmaster()), "exe").toRealPath();
      pgCtl = server.resolveSibling("pg_ctl");
    }
    Files.writeString(
        data.resolve("postgresql.conf"),
        SETTINGS.formatted(port, host) + settings,
        StandardOpenOption.APPEND);
    if (!host.equals("127.0.0.1")) {
      String network = host.substring(0, host.lastIndexOf('.')) + ".0/24";
      Files.writeString(
          data.resolve("pg_hba.conf"),
          "\nhost all all " + network + " trust\n",
          StandardOpenOption.APPEND);
    }
  }

  /** Starts it (again), and returns when it answers. */
  synchronized void start() throws IOException, InterruptedException {
    if (closed) {
      throw new IOException("the database is closed");
    }
    control("start");
  }

  /** As root by a user of its own: PostgreSQL refuses to run as root. */
  private void control(String... what) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("unshare", "-U"));
    }
    command.addAll(List.of(pgCtl.toString(), "-D", data.toString(), "-l", log.toString(), "-w"));
    command.addAll(List.of(what));
    Shell.run(command.toArray(String[]::new));
  }

  String url() {
    return url(host, port);
  }

  /** As nodes know it that reach it at another place. */
  static String url(String host, int port) {
    return "jdbc:postgresql://" + host + ":" + port + "/postgres";
  }

  int port() {
    return port;
  }

  Path log() {
    return log;
  }

  /** Whether a connection to its port is taken. */
  boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
      return true;
    } catch (IOException refused) {
      return false;
    }
  }

  /** Whether all of its processes are stopped, as the kernel says. */
  boolean isFrozen() throws IOException {
    List<ProcessHandle> all = processes();
    for (ProcessHandle process : all) {
      if (!Shell.isStopped(process.pid())) {
        return false;
      }
    }
    return !all.isEmpty();
  }

  /** A connection of the auditor's own. */
  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        url("127.0.0.1", port) + "?connectTimeout=20&socketTimeout=120", "postgres", "");
  }

  /** kill −9 of the server and of all its processes. */
  void kill() throws IOException, InterruptedException {
    List<ProcessHandle> all = processes();
    Shell.signal("KILL", all);
    for (ProcessHandle process : all) {
      try {
        process.onExit().get(ENDS_SECONDS_MAX, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        throw new IOException("process " + process.pid() + " of the database does not end", e);
      }
    }
  }

  /** None of its processes runs until it is thawed; its sockets stay open. */
  void freeze() throws IOException, InterruptedException {
    Shell.signal("STOP", processes());
  }

  void thaw() throws IOException, InterruptedException {
    Shell.signal("CONT", processes());
  }

  /** None if it does not run; its file may tell a number that somebody else has got since. */
  private List<ProcessHandle> processes() throws IOException {
    List<ProcessHandle> all = new ArrayList<>();
    if (!isOurs(postmaster())) {
      return all;
    }
    ProcessHandle.of(postmaster())
        .ifPresent(
            process -> {
              all.add(process);
              process.descendants().forEach(all::add);
            });
    return all;
  }

  /** 0: it was stopped. */
  private long postmaster() throws IOException {
    try {
      return Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
    } catch (NoSuchFileException stopped) {
      return 0;
    }
  }

  /** Whether a process works in our folder. */
  private boolean isOurs(long pid) {
    try {
      Path works = Path.of("/proc", Long.toString(pid), "cwd").toRealPath();
      return works.equals(data.toRealPath());
    } catch (IOException gone) {
      return false;
    }
  }

  /** Stops it for good, whatever state it is in: nobody needs what it holds. */
  @Override
  public synchronized void close() throws IOException, InterruptedException {
    closed = true;
    if (processes().isEmpty()) {
      return;
    }
    thaw();
    try {
      control("-m", "immediate", "-t", Integer.toString(ENDS_SECONDS_MAX), "stop");
    } catch (IOException notInTime) {
      kill();
    }
  }
}
