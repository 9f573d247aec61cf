package io.thalweg.journal.rocksdb;

import io.thalweg.journal.RowKeys;
import java.nio.ByteBuffer;

/**
 * Keys of what is kept of queues: the queue's name as an {@linkplain RowKeys#id id}, what it is
 * (1), the shard (4), and of what waits the number (8), big-endian. What waits in a shard thus lies
 * together, in order.
 */
final class QueueKeys {
  /** The highest number given: 8 bytes. */
  static final byte HEAD = 0;

  /** How far it was told, and how many were lost: 8 bytes each. */
  static final byte TOLD = 1;

  /** What waits. */
  static final byte WAITING = 2;

  private static final int PREFIX_TAIL = 1 + Integer.BYTES;

  private QueueKeys() {}

  static byte[] of(String queue, byte what, int shard) {
    byte[] id = RowKeys.id(queue);
    return ByteBuffer.allocate(id.length + PREFIX_TAIL).put(id).put(what).putInt(shard).array();
  }

  static byte[] waiting(String queue, int shard, long number) {
    byte[] id = RowKeys.id(queue);
    return ByteBuffer.allocate(id.length + PREFIX_TAIL + Long.BYTES)
        .put(id)
        .put(WAITING)
        .putInt(shard)
        .putLong(number)
        .array();
  }

  /** The least key of one sort of a queue; of the next sort it is above all of this one. */
  static byte[] first(String queue, int what) {
    byte[] id = RowKeys.id(queue);
    return ByteBuffer.allocate(id.length + 1).put(id).put((byte) what).array();
  }

  /** In the key of a head, or of how far it was told. */
  static int shard(byte[] key) {
    return ByteBuffer.wrap(key).getInt(key.length - Integer.BYTES);
  }

  /** In the key of what waits. */
  static long number(byte[] key) {
    return ByteBuffer.wrap(key).getLong(key.length - Long.BYTES);
  }

  /** The queue that a key belongs to. */
  static String name(byte[] key) {
    int end = 0;
    while (key[end] != 0) {
      end++;
    }
    return new String(key, 0, end, java.nio.charset.StandardCharsets.US_ASCII);
  }
}
