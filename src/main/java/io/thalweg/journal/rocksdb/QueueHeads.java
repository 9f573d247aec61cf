package io.thalweg.journal.rocksdb;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Gives what goes into queues its numbers, one after the other for each queue and shard, and stores
 * the highest with the same commit. For the commit thread, through which all commits go one by one.
 */
final class QueueHeads {
  private record Place(String queue, int shard) {
    byte[] key() {
      return QueueKeys.of(queue, QueueKeys.HEAD, shard);
    }
  }

  private final Map<Place, Long> heads = new HashMap<>();
  private final Set<Place> changed = new HashSet<>();

  /** Adds a row behind those that the queue has. */
  void add(Database target, WriteBatch batch, String queue, int shard, byte[] row)
      throws RocksDBException {
    Place place = new Place(queue, shard);
    Long known = heads.get(place);
    long number = 1 + (known == null ? stored(target, place) : known);
    heads.put(place, number);
    changed.add(place);
    batch.put(target.queues, QueueKeys.waiting(queue, shard, number), row);
  }

  /** Adds the heads that have changed. */
  void stage(Database target, WriteBatch batch) throws RocksDBException {
    for (Place place : changed) {
      batch.put(target.queues, place.key(), number(heads.getOrDefault(place, 0L)));
    }
    changed.clear();
  }

  /** After a failure nothing is known of what is stored. */
  void clear() {
    heads.clear();
    changed.clear();
  }

  private static long stored(Database target, Place place) throws RocksDBException {
    byte @Nullable [] head = target.rocks.get(target.queues, place.key());
    return head == null ? 0 : ByteBuffer.wrap(head).getLong();
  }

  private static byte[] number(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }
}
