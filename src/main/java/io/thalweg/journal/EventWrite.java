package io.thalweg.journal;

import io.thalweg.domain.key.IdleDeadline;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.dispatch.Futures;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.Future;
import scala.concurrent.Promise;

/** The events that one persistent actor wants stored at once, already in bytes. */
public final class EventWrite implements Write {
  private static final Logger LOG = LoggerFactory.getLogger(EventWrite.class);
  private static final Iterable<Optional<Exception>> ALL_STORED = List.of();

  /** Events of one id with consecutive numbers, which are stored all or not at all. */
  public static final class Atomic {
    private final String persistenceId;
    private final long first;
    private final byte[][] keys;
    private final byte[][] rows;
    private final List<IdleDeadline> deadlines;
    private long tenure;
    private final @Nullable Exception unserializable;
    private @Nullable Exception refusal;

    private Atomic(
        String persistenceId,
        long first,
        byte[][] keys,
        byte[][] rows,
        List<IdleDeadline> deadlines,
        @Nullable Exception unserializable) {
      this.unserializable = unserializable;
      this.refusal = unserializable;
      this.persistenceId = persistenceId;
      this.first = first;
      this.keys = keys;
      this.rows = rows;
      this.deadlines = deadlines;
    }

    public String persistenceId() {
      return persistenceId;
    }

    public long first() {
      return first;
    }

    public long last() {
      return first + rows.length - 1;
    }

    /** The {@linkplain RowKeys keys} of its rows. */
    public byte[][] keys() {
      return keys;
    }

    public byte[][] rows() {
      return rows;
    }

    /** When the id's key is to be looked at; stored with its events. */
    public List<IdleDeadline> deadlines() {
      return deadlines;
    }

    /** What the store noted when it was handed over: under which right it is written. */
    public long tenure() {
      return tenure;
    }

    public void tenure(long noted) {
      tenure = noted;
    }

    /** It is to be stored once more: what was refused before does not count. */
    public void admit() {
      refusal = unserializable;
    }

    /** It is not stored, and this is why. */
    public void refuse(Exception why) {
      refusal = why;
      if (!(why instanceof ShardElsewhereException)) { // those are told of once for each flush
        LOG.warn("A write of {} is refused: {}", persistenceId, why.getMessage());
      }
    }
  }

  private final List<Atomic> atomics = new ArrayList<>(1);
  private final Promise<Iterable<Optional<Exception>>> result = Futures.promise();
  private int rows;
  private long bytes;
  private int stored;

  /**
   * Adds events with consecutive numbers.
   *
   * @param refusal why they are not stored, where their rows only take up their numbers
   */
  void add(
      String persistenceId,
      long first,
      byte[][] keys,
      byte[][] values,
      List<IdleDeadline> deadlines,
      @Nullable Exception refusal) {
    Atomic atomic = new Atomic(persistenceId, first, keys, values, deadlines, refusal);
    if (refusal != null) {
      LOG.warn("An event of {} can't be serialized: {}", persistenceId, refusal.getMessage());
    }
    atomics.add(atomic);
    rows += keys.length;
    for (int i = 0; i < keys.length; i++) {
      bytes += keys[i].length + values[i].length;
    }
  }

  public List<Atomic> atomics() {
    return atomics;
  }

  /** Completed with nothing where all is stored, otherwise with one entry for each addition. */
  public Future<Iterable<Optional<Exception>>> result() {
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
  public void committed() {
    stored = rows;
    for (Atomic atomic : atomics) {
      if (atomic.refusal != null) {
        stored -= atomic.rows.length;
      }
    }
    var unused = result.trySuccess(stored == rows ? ALL_STORED : results());
  }

  /** How many of its events are stored, once it is committed; before that, and if it failed, 0. */
  int stored() {
    return stored;
  }

  @Override
  public void failed(Exception cause) {
    var unused = result.tryFailure(cause);
  }

  private List<Optional<Exception>> results() {
    List<Optional<Exception>> results = new ArrayList<>(atomics.size());
    for (Atomic atomic : atomics) {
      results.add(Optional.ofNullable(atomic.refusal));
    }
    return results;
  }
}
