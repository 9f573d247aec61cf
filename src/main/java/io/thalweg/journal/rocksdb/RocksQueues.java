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
  private static final int DELETED_AT_ONCE = 500;

  private final OpenFolder folder;
  private final RecentRows recent;
  private final Executor executor;
  private final Object toldLock = new Object();

  /**
   * @param recent what was put in last
   * @param executor for reads and writes, which block on the disk
   */
  RocksQueues(OpenFolder folder, RecentRows recent, Executor executor) {
    this.folder = folder;
    this.recent = recent;
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
    List<Waiting> waiting = new ArrayList<>();
    Map<Integer, Long> unknown = new LinkedHashMap<>();
    after.forEach(
        (shard, number) ->
            recent
                .read(queue, shard, number, limit)
                .ifPresentOrElse(waiting::addAll, () -> unknown.put(shard, number)));
    if (unknown.isEmpty()) {
      return CompletableFuture.completedFuture(waiting);
    }
    return with(
        db -> {
          for (Map.Entry<Integer, Long> place : unknown.entrySet()) {
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
    rows.forEach(done -> recent.drop(queue, done.shard(), done.upTo()));
    return with(
        db -> {
          for (Done done : rows) {
            delete(db, queue, done);
          }
          return true;
        });
  }

  /**
   * Ranges are for once: each of them costs every read that comes by, until a compaction. Rows go a
   * few at a time, so that commits need not wait for long.
   */
  private static void delete(Database db, String queue, Done done) throws RocksDBException {
    if (done.after() == 0) {
      write(
          db,
          batch ->
              batch.deleteRange(
                  db.queues,
                  QueueKeys.waiting(queue, done.shard(), 0),
                  QueueKeys.waiting(queue, done.shard(), done.upTo() + 1)));
      return;
    }
    for (long after = done.after(); after < done.upTo(); after += DELETED_AT_ONCE) {
      long first = after + 1;
      long last = Math.min(done.upTo(), after + DELETED_AT_ONCE);
      write(
          db,
          batch -> {
            for (long number = first; number <= last; number++) {
              batch.delete(db.queues, QueueKeys.waiting(queue, done.shard(), number));
            }
          });
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
