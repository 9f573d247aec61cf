package io.thalweg.journal;

import io.thalweg.domain.key.DamagedJournalException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.dispatch.Futures;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import scala.concurrent.Future;
import scala.concurrent.Promise;

/** The events that one persistent actor wants stored at once, already in bytes. */
final class EventWrite implements Write {
  private static final Iterable<Optional<Exception>> ALL_STORED = List.of();

  /** Events that are stored all or not at all. */
  private static final class Atomic {
    final String persistenceId;
    final byte[] id;
    final long first;
    final byte[][] keys;
    final byte[][] rows;
    @Nullable Exception refusal;

    Atomic(String persistenceId, byte[] id, long first, byte[][] keys, byte[][] rows) {
      this.persistenceId = persistenceId;
      this.id = id;
      this.first = first;
      this.keys = keys;
      this.rows = rows;
    }
  }

  private final List<Atomic> atomics = new ArrayList<>(1);
  private final List<byte[]> deadlines = new ArrayList<>(0);
  private final Promise<Iterable<Optional<Exception>>> result = Futures.promise();
  private int rows;
  private long bytes;
  private boolean anyRefused;

  /**
   * Adds events with consecutive numbers.
   *
   * @param refusal why they are not stored, where their rows only take up their numbers
   */
  void add(
      String persistenceId,
      byte[] id,
      long first,
      byte[][] keys,
      byte[][] values,
      @Nullable Exception refusal) {
    Atomic atomic = new Atomic(persistenceId, id, first, keys, values);
    atomics.add(atomic);
    rows += keys.length;
    for (int i = 0; i < keys.length; i++) {
      bytes += keys[i].length + values[i].length;
    }
    if (refusal != null) {
      refuse(atomic, refusal);
    }
  }

  /** Adds when the actor's key is to be looked at; stored with its events. */
  void addDeadline(byte[] key) {
    deadlines.add(key);
    bytes += key.length;
  }

  /** Completed with nothing where all is stored, otherwise with one entry for each addition. */
  Future<Iterable<Optional<Exception>>> result() {
    return result.future();
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public void stage(Flush flush) throws RocksDBException {
    for (byte[] deadline : deadlines) {
      flush.putDeadline(deadline);
    }
    for (Atomic atomic : atomics) {
      try {
        long highest = flush.highest(atomic.persistenceId, atomic.id);
        if (atomic.first != highest + 1) {
          refuse(atomic, new RefusedWriteException(atomic.persistenceId, atomic.first, highest));
        } else {
          flush.putEvents(
              atomic.persistenceId,
              atomic.id,
              atomic.keys,
              atomic.rows,
              highest + atomic.keys.length);
        }
      } catch (DamagedJournalException e) {
        refuse(atomic, e);
      }
    }
  }

  @Override
  public void committed() {
    result.success(anyRefused ? results() : ALL_STORED);
  }

  @Override
  public void failed(Exception cause) {
    result.failure(cause);
  }

  private void refuse(Atomic atomic, Exception refusal) {
    atomic.refusal = refusal;
    anyRefused = true;
  }

  private List<Optional<Exception>> results() {
    List<Optional<Exception>> results = new ArrayList<>(atomics.size());
    for (Atomic atomic : atomics) {
      results.add(Optional.ofNullable(atomic.refusal));
    }
    return results;
  }
}
