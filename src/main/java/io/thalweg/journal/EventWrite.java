package io.thalweg.journal;

import io.thalweg.domain.key.IdleDeadline;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The events that one persistent actor wants stored at once, already in bytes. */
public final class EventWrite implements Write {
  private static final Logger LOG = LoggerFactory.getLogger(EventWrite.class);

  /** Who asked for it. */
  @FunctionalInterface
  public interface Asker {

    /**
     * Told once, on any thread; must not block. Without a failure each of the write's parts says
     * whether it was {@linkplain Atomic#refusal refused}.
     *
     * @param failure why it is unknown what became of it
     */
    void answered(EventWrite write, @Nullable Exception failure);
  }

  /** Events of one id with consecutive numbers, which are stored all or not at all. */
  public static final class Atomic {
    private final String persistenceId;
    private final long first;
    private final byte[][] keys;
    private final byte[][] rows;
    private final List<IdleDeadline> deadlines;
    private final List<QueueRow> queued;
    private long tenure;
    private final @Nullable Exception unserializable;
    private @Nullable Exception refusal;

    private Atomic(
        String persistenceId,
        long first,
        byte[][] keys,
        byte[][] rows,
        List<IdleDeadline> deadlines,
        List<QueueRow> queued,
        @Nullable Exception unserializable) {
      this.unserializable = unserializable;
      this.refusal = unserializable;
      this.persistenceId = persistenceId;
      this.first = first;
      this.keys = keys;
      this.rows = rows;
      this.deadlines = deadlines;
      this.queued = queued;
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

    /** What goes into queues with its events. */
    public List<QueueRow> queued() {
      return queued;
    }

    /** What the store noted when it was handed over: under which right it is written. */
    public long tenure() {
      return tenure;
    }

    public void tenure(long noted) {
      tenure = noted;
    }

    /** Why it is not stored; once the write is committed. */
    @Nullable Exception refusal() {
      return refusal;
    }

    /** Whether its rows only take up their numbers. */
    boolean isUnserializable() {
      return unserializable != null && refusal == unserializable;
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
  private final Asker asker;
  private final AtomicBoolean answered = new AtomicBoolean();
  private int rows;
  private long bytes;
  private int stored;
  private boolean queued;
  private volatile boolean settled;

  public EventWrite(Asker asker) {
    this.asker = asker;
  }

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
      List<QueueRow> results,
      @Nullable Exception refusal) {
    Atomic atomic = new Atomic(persistenceId, first, keys, values, deadlines, results, refusal);
    if (refusal != null) {
      LOG.warn("An event of {} can't be serialized: {}", persistenceId, refusal.getMessage());
    }
    atomics.add(atomic);
    rows += keys.length;
    for (int i = 0; i < keys.length; i++) {
      bytes += keys[i].length + values[i].length;
    }
    for (QueueRow result : results) {
      bytes += result.row().length;
      queued = true;
    }
  }

  public List<Atomic> atomics() {
    return atomics;
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
    int committed = rows;
    for (Atomic atomic : atomics) {
      if (atomic.refusal != null) {
        committed -= atomic.rows.length;
      }
    }
    stored = committed;
    settle(null);
  }

  @Override
  public void failed(Exception cause) {
    settle(cause);
  }

  /** Its asker waits no longer; the store may still be at it. */
  void giveUp(Exception cause) {
    answer(cause);
  }

  /** Whether the store is through with it. Any thread may ask. */
  boolean isSettled() {
    return settled;
  }

  /** How many of its events are stored, once it is committed; before that, and if it failed, 0. */
  int stored() {
    return stored;
  }

  /** Whether it has put something into a queue, once it is committed. */
  boolean isQueued() {
    return queued && stored > 0;
  }

  private void settle(@Nullable Exception failure) {
    answer(failure);
    settled = true;
  }

  private void answer(@Nullable Exception failure) {
    if (answered.compareAndSet(false, true)) {
      asker.answered(this, failure);
    }
  }
}
