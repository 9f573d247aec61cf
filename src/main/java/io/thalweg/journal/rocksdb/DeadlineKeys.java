package io.thalweg.journal.rocksdb;

import io.thalweg.domain.key.IdleDeadline;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Keys of the rows that say when a key is to be looked at, in the order of time. */
final class DeadlineKeys {
  private DeadlineKeys() {}

  static byte[] of(IdleDeadline deadline, byte[] id) {
    return ByteBuffer.allocate(Long.BYTES + id.length).putLong(deadline.atNanos()).put(id).array();
  }

  /** The least key above all that are due at a time. */
  static byte[] after(long nowNanos) {
    return ByteBuffer.allocate(Long.BYTES).putLong(nowNanos + 1).array();
  }

  static IdleDeadline deadline(byte[] key) {
    return new IdleDeadline(ByteBuffer.wrap(key).getLong());
  }

  static byte[] id(byte[] key) {
    return Arrays.copyOfRange(key, Long.BYTES, key.length);
  }
}
