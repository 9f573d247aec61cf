package io.thalweg.journal.rocksdb;

import io.thalweg.journal.StoreUnavailableException;
import io.thalweg.journal.StoredQueues;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Queues in the data folder. The commit thread alone puts something in. How far a queue was told,
 * and what of it may go, is written from here and not synced: if the machine loses it, some is told
 * once more.
 */
final class RocksQueues implements StoredQueues {
  private final OpenFolder folder;
  private final Executor executor;
  private final Object toldLock = new Object();

  /**
   * @param executor for reads and writes, which block on the disk
   */
  RocksQueues(OpenFolder folder, Executor executor) {
    this.folder = folder;
    this.executor = executor;
  }

  @Override
  public CompletionStage<List<Place>> places(String queue) {
    return with(
        db -> {
          Map<Integer, Place> places = new LinkedHashMap<>();
          scan(
              db,
              QueueKeys.first(queue, QueueKeys.HEAD),
              QueueKeys.first(queue, QueueKeys.WAITING),
              Integer.MAX_VALUE,
              (key, value) -> {
                int shard = QueueKeys.shard(key);
                long first = ByteBuffer.wrap(value).getLong();
                if (value.length == Long.BYTES) {
                  places.put(shard, new Place(shard, first, 0, 0));
                } else {
                  Place head = places.getOrDefault(shard, new Place(shard, first, 0, 0));
                  long lost = ByteBuffer.wrap(value).getLong(Long.BYTES);
                  places.put(shard, new Place(shard, head.head(), first, lost));
                }
              });
          return List.copyOf(places.values());
        });
  }

  @Override
  public CompletionStage<List<Waiting>> read(String queue, Map<Integer, Long> after, int limit) {
    return with(
        db -> {
          List<Waiting> waiting = new ArrayList<>();
          for (Map.Entry<Integer, Long> place : after.entrySet()) {
            int shard = place.getKey();
            scan(
                db,
                QueueKeys.waiting(queue, shard, place.getValue() + 1),
                QueueKeys.waiting(queue, shard, Long.MAX_VALUE),
                limit,
                (key, row) -> waiting.add(new Waiting(shard, QueueKeys.number(key), row)));
          }
          return waiting;
        });
  }

  @Override
  public CompletionStage<Boolean> told(String queue, List<Told> places) {
    return with(
        db -> {
          synchronized (toldLock) {
            return write(
                db,
                batch -> {
                  for (Told place : places) {
                    byte[] key = QueueKeys.of(queue, QueueKeys.TOLD, place.shard());
                    byte[] before = db.rocks.get(db.queues, key);
                    ByteBuffer old = before == null ? ByteBuffer.allocate(16) : wrap(before);
                    ByteBuffer now =
                        ByteBuffer.allocate(16)
                            .putLong(Math.max(old.getLong(), place.upTo()))
                            .putLong(old.getLong() + place.lost());
                    batch.put(db.queues, key, now.array());
                  }
                });
          }
        });
  }

  @Override
  public CompletionStage<Boolean> delete(String queue, List<Done> rows) {
    return with(
        db ->
            write(
                db,
                batch -> {
                  for (Done done : rows) {
                    delete(db, batch, queue, done);
                  }
                }));
  }

  /** Ranges are for once: each of them costs every read that comes by, until a compaction. */
  private static void delete(Database db, WriteBatch batch, String queue, Done done)
      throws RocksDBException {
    if (done.after() == 0) {
      batch.deleteRange(
          db.queues,
          QueueKeys.waiting(queue, done.shard(), 0),
          QueueKeys.waiting(queue, done.shard(), done.upTo() + 1));
    } else {
      for (long number = done.after() + 1; number <= done.upTo(); number++) {
        batch.delete(db.queues, QueueKeys.waiting(queue, done.shard(), number));
      }
    }
  }

  @Override
  public CompletionStage<Map<Integer, String>> writers() {
    return CompletableFuture.completedFuture(Map.of());
  }

  @Override
  public CompletionStage<List<String>> names() {
    return with(
        db -> {
          List<String> names = new ArrayList<>();
          try (RocksIterator rows = db.rocks.newIterator(db.queues)) {
            rows.seekToFirst();
            while (rows.isValid()) {
              String name = QueueKeys.name(rows.key());
              names.add(name);
              rows.seek(QueueKeys.first(name, QueueKeys.WAITING + 1));
            }
            rows.status();
          }
          return names;
        });
  }

  private interface Filling {
    void fill(WriteBatch batch) throws RocksDBException;
  }

  private interface Visitor {
    void visit(byte[] key, byte[] value);
  }

  private static ByteBuffer wrap(byte[] bytes) {
    return ByteBuffer.wrap(bytes);
  }

  private static boolean write(Database db, Filling filling) throws RocksDBException {
    try (WriteBatch batch = new WriteBatch();
        WriteOptions options = new WriteOptions().setSync(false)) {
      filling.fill(batch);
      db.rocks.write(options, batch);
      return true;
    }
  }

  private static void scan(Database db, byte[] from, byte[] to, int limit, Visitor visitor)
      throws RocksDBException {
    try (Slice lower = new Slice(from);
        Slice upper = new Slice(to);
        ReadOptions options =
            new ReadOptions().setIterateLowerBound(lower).setIterateUpperBound(upper);
        RocksIterator rows = db.rocks.newIterator(db.queues, options)) {
      int seen = 0;
      for (rows.seekToFirst(); rows.isValid() && seen < limit; rows.next()) {
        visitor.visit(rows.key(), rows.value());
        seen++;
      }
      rows.status();
    }
  }

  private <T> CompletionStage<T> with(OpenFolder.Reading<T> reading) {
    CompletableFuture<T> result = new CompletableFuture<>();
    try {
      executor.execute(
          () -> {
            try {
              result.complete(folder.read(reading));
            } catch (RuntimeException e) {
              result.completeExceptionally(e);
            }
          });
    } catch (RuntimeException e) { // the executor is closed
      result.completeExceptionally(new StoreUnavailableException("the journal is closed", e));
    }
    return result;
  }
}
