package io.thalweg.cli.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/** A PostgreSQL for one run of a command, in a folder that passes with it. */
public final class PassingPostgres {
  private final DevelopmentPostgres postgres;
  private final Guarded process;

  private PassingPostgres(DevelopmentPostgres postgres, Guarded process) {
    this.postgres = postgres;
    this.process = process;
  }

  /**
   * Starts it on any free port, and waits until it answers.
   *
   * @param folder new, and its alone
   * @param lines takes each line of its log, on a thread of its own
   * @param undo takes what ends the processes that have been started
   */
  public static PassingPostgres start(Path folder, Consumer<String> lines, Consumer<Runnable> undo)
      throws IOException, InterruptedException {
    DevelopmentPostgres postgres = new DevelopmentPostgres(folder, Ports.anyFree());
    Guarded process =
        postgres.start(
            lines, started -> undo.accept(() -> started.stop(DevelopmentPostgres.STOP_PATIENCE)));
    postgres.awaitReady(process);
    return new PassingPostgres(postgres, process);
  }

  public String url() {
    return postgres.url();
  }

  public String user() {
    return DevelopmentPostgres.USER;
  }

  public Path passwordFile() {
    return postgres.passwordFile();
  }

  /** The process that all of its processes descend from. */
  public long pid() {
    return process.pid();
  }
}
