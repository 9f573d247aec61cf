package io.thalweg.cli.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * A PostgreSQL on the loopback that keeps its data between runs, and keeps it safe: fsync is on, as
 * it is for those who rely on it.
 *
 * @param folder where all of it is
 * @param port where it listens
 */
record DevelopmentPostgres(Path folder, int port) {
  static final String NAME = "postgres";
  static final String USER = "thalweg";

  private static final Duration START_PATIENCE = Duration.ofSeconds(60);
  private static final Duration PREDECESSOR_PATIENCE = Duration.ofSeconds(15);

  /** How long it may take to stop before it is killed, which it recovers from at the next start. */
  static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  Path passwordFile() {
    return folder.resolve("password");
  }

  /**
   * Prepares it, where that has not been done, and starts it; {@link #awaitReady} waits for it.
   *
   * @param lines of its log
   * @param starting takes each of the processes, before it is waited for
   */
  Guarded start(Consumer<String> lines, Consumer<Guarded> starting)
      throws IOException, InterruptedException {
    Path binaries = PostgresBinaries.in(Files.createDirectories(folder));
    if (!Files.exists(data())) {
      initialize(binaries, lines, starting);
    }
    awaitPredecessor();
    Guarded server =
        program(
            binaries,
            "postgres",
            lines,
            List.of(
                "-D",
                data().toString(),
                "-p",
                String.valueOf(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "fsync=on"));
    starting.accept(server);
    return server;
  }

  /**
   * Returns when it answers.
   *
   * @throws ClusterException if it ends before, or does not answer in a minute
   */
  void awaitReady(Guarded server) throws IOException, InterruptedException {
    Properties login = new Properties();
    login.setProperty("user", USER);
    login.setProperty("password", Files.readString(passwordFile()).strip());
    login.setProperty("connectTimeout", "2");
    login.setProperty("socketTimeout", "5");
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (true) {
      try (Connection connection = DriverManager.getConnection(url(), login)) {
        if (connection.isValid(2)) {
          return;
        }
      } catch (SQLException notYet) {
        if (!server.isAlive()) {
          throw new ClusterException("PostgreSQL has ended; its log above says why");
        }
        if (System.nanoTime() - deadline > 0) {
          throw new ClusterException(
              "PostgreSQL does not answer within "
                  + START_PATIENCE.toSeconds()
                  + " s: "
                  + notYet.getMessage());
        }
      }
      Thread.sleep(50);
    }
  }

  private Path data() {
    return folder.resolve("data");
  }

  /** Aside first: what was interrupted is not taken for whole. */
  private void initialize(Path binaries, Consumer<String> lines, Consumer<Guarded> starting)
      throws IOException, InterruptedException {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    Files.deleteIfExists(passwordFile());
    Files.createFile(
        passwordFile(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(passwordFile(), HexFormat.of().formatHex(random) + "\n");
    Path unfinished = Files.createTempDirectory(folder, "data-");
    Guarded initdb =
        program(
            binaries,
            "initdb",
            lines,
            List.of(
                "-D",
                unfinished.toString(),
                "-U",
                USER,
                "-A",
                "scram-sha-256",
                "--pwfile=" + passwordFile(),
                "-E",
                "UTF8",
                "--locale=C",
                "--no-instructions"));
    starting.accept(initdb);
    int code = initdb.await();
    if (code != 0) {
      throw new ClusterException(
          "initdb of PostgreSQL has ended with " + code + "; what it said stands above");
    }
    Files.move(unfinished, data(), StandardCopyOption.ATOMIC_MOVE);
  }

  /** One whose cluster was killed is on its way out. */
  private void awaitPredecessor() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PREDECESSOR_PATIENCE.toNanos();
    while (predecessor().isPresent() && System.nanoTime() - deadline < 0) {
      Thread.sleep(100);
    }
  }

  private Optional<ProcessHandle> predecessor() throws IOException {
    Path lock = data().resolve("postmaster.pid");
    if (!Files.exists(lock)) {
      return Optional.empty();
    }
    try {
      return ProcessHandle.of(Long.parseLong(Files.readAllLines(lock).getFirst().strip()))
          .filter(ProcessHandle::isAlive);
    } catch (NumberFormatException | java.util.NoSuchElementException | IOException vanishing) {
      return Optional.empty();
    }
  }

  private static Guarded program(
      Path binaries, String program, Consumer<String> lines, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name", "").equals("root")) {
      // PostgreSQL refuses to run as root. In a user namespace of its own it is nobody in
      // particular, who still owns root's files.
      command.addAll(List.of("unshare", "--user"));
    }
    command.add(binaries.resolve("bin").resolve(program).toString());
    command.addAll(arguments);
    return Guarded.start(NAME, "INT", command, Map.of("LC_ALL", "C"), lines);
  }
}
