package io.thalweg.cli.bench;

import com.typesafe.config.ConfigUtil;
import io.thalweg.cli.cluster.LogEnd;
import io.thalweg.cli.cluster.PassingPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Where a node that a run starts keeps its journal.
 *
 * @param settings what the node must be told of it: HOCON
 * @param databasePid the process of the database; empty: the store is part of the node
 */
public record Store(String settings, OptionalLong databasePid) {

  /** The embedded one, in the node's data folder. */
  public static Store rocksDb() {
    return new Store("thalweg.journal.store = rocksdb\n", OptionalLong.empty());
  }

  /**
   * Starts a PostgreSQL as safe as one that is relied on (fsync is on), and waits until it answers.
   *
   * @param folder of the run; the database gets one of its own in it
   * @param undo takes what ends the database
   * @throws IOException if it does not start; with the end of its log
   */
  public static Store postgres(Path folder, Consumer<Runnable> undo)
      throws IOException, InterruptedException {
    LogEnd log = new LogEnd();
    try {
      PassingPostgres postgres = PassingPostgres.start(folder.resolve("postgres"), log::add, undo);
      return new Store(settings(postgres), OptionalLong.of(postgres.pid()));
    } catch (IOException e) {
      throw new IOException(e.getMessage() + "; its log ends:\n" + log.text(), e);
    }
  }

  private static String settings(PassingPostgres postgres) {
    return """
        thalweg.journal {
          store = postgres
          postgres { url = %s, user = %s, password-file = %s }
        }
        """
        .formatted(
            ConfigUtil.quoteString(postgres.url()),
            ConfigUtil.quoteString(postgres.user()),
            ConfigUtil.quoteString(postgres.passwordFile().toAbsolutePath().toString()));
  }
}
