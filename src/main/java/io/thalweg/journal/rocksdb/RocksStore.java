package io.thalweg.journal.rocksdb;

import io.thalweg.domain.key.Shards;
import io.thalweg.journal.CommitThread;
import io.thalweg.journal.JournalSettings;
import io.thalweg.journal.ShardOwnership;
import io.thalweg.journal.Store;
import io.thalweg.journal.StoreStatus;
import io.thalweg.journal.StoredQueues;
import io.thalweg.journal.Write;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/** The data folder. Its lock says who owns it, so that its shards need no owners. */
public final class RocksStore implements Store {
  private final String name;
  private final OpenFolder folder;
  private final Executor reads;
  private final RocksQueues queues;
  private final CommitThread commits;

  /**
   * Opens the folder, creating it where it is missing.
   *
   * @param reads for reads, which block on the disk
   * @throws DataFolderInUseException if another node has it open
   * @throws DataFolderException if it can't be created, read or written, or is damaged
   */
  public RocksStore(JournalSettings settings, RocksSettings rocks, Executor reads) {
    this.reads = reads;
    this.folder = new OpenFolder(rocks);
    RocksCommits flushes =
        new RocksCommits(
            rocks,
            folder,
            new Flush(
                settings.knownKeysMax(), settings.snapshotsKept(), new Shards(settings.shards())));
    this.name = flushes.name();
    this.queues = new RocksQueues(folder, reads);
    this.commits = new CommitThread(settings, flushes);
    commits.start();
  }

  @Override
  public void submit(Write write) {
    commits.submit(write);
  }

  @Override
  public <T> CompletionStage<T> read(Reading<T> reading) {
    CompletableFuture<T> result = new CompletableFuture<>();
    reads.execute(
        () -> {
          try {
            result.complete(folder.read(db -> reading.apply(new RocksRows(db, name))));
          } catch (RuntimeException e) {
            result.completeExceptionally(e);
          }
        });
    return result;
  }

  @Override
  public <T> CompletionStage<T> recover(String persistenceId, Reading<T> reading) {
    return read(reading);
  }

  @Override
  public ShardOwnership ownership() {
    return ShardOwnership.SOLE;
  }

  @Override
  public StoredQueues queues() {
    return queues;
  }

  @Override
  public void onQueued(Runnable wake) {
    commits.onQueued(wake);
  }

  @Override
  public boolean isWritable() {
    return commits.isWritable();
  }

  @Override
  public StoreStatus status() {
    return commits.status(JournalSettings.Kind.ROCKSDB.text(), 0);
  }

  /** For tests. */
  OpenFolder folder() {
    return folder;
  }

  @Override
  public void close() throws InterruptedException {
    commits.close();
    folder.close();
  }
}
