package io.thalweg.journal;

import io.thalweg.domain.key.StreamKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Due keys from the data folder. */
final class StoredDueKeys implements DueKeys {
  private static final Logger LOG = LoggerFactory.getLogger(StoredDueKeys.class);

  private final OpenFolder folder;
  private final Executor reads;
  private final Consumer<Write> commits;

  StoredDueKeys(OpenFolder folder, Executor reads, Consumer<Write> commits) {
    this.folder = folder;
    this.reads = reads;
    this.commits = commits;
  }

  @Override
  public CompletionStage<List<Due>> due(long nowNanos, int limit) {
    return CompletableFuture.supplyAsync(() -> folder.read(db -> due(db, nowNanos, limit)), reads);
  }

  @Override
  public void forget(Due due) {
    byte[] id = RowKeys.id(PersistenceIds.of(due.key()));
    commits.accept(new Forgetting(DeadlineKeys.of(due.deadline(), id)));
  }

  private static List<Due> due(Database db, long nowNanos, int limit) throws RocksDBException {
    List<Due> due = new ArrayList<>();
    try (Slice upper = new Slice(DeadlineKeys.after(nowNanos));
        ReadOptions options = new ReadOptions().setIterateUpperBound(upper);
        RocksIterator rows = db.rocks.newIterator(db.deadlines, options)) {
      for (rows.seekToFirst(); rows.isValid() && due.size() < limit; rows.next()) {
        String persistenceId = RowKeys.persistenceId(DeadlineKeys.id(rows.key()));
        due.add(new Due(StreamKey.parse(persistenceId), DeadlineKeys.deadline(rows.key())));
      }
      rows.status();
    }
    return due;
  }

  /** The row goes; if that fails, the key is looked at once more. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Forgetting(byte[] key) implements Write {
    @Override
    public int rows() {
      return 1;
    }

    @Override
    public long bytes() {
      return key.length;
    }

    @Override
    public void stage(Flush flush) throws RocksDBException {
      flush.deleteDeadline(key);
    }

    @Override
    public void committed() {}

    @Override
    public void failed(Exception cause) {
      LOG.debug("A deadline could not be removed, its key is looked at again", cause);
    }
  }
}
