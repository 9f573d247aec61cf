package io.thalweg.journal;

import io.thalweg.domain.key.DamagedJournalException;
import java.util.List;
import java.util.Optional;

/**
 * The rows of a store as one reading sees them. For one thread.
 *
 * <p>Methods throw {@link StoreUnavailableException} where the store can't read, and {@link
 * DamagedJournalException} where what it reads is not what was written.
 */
public interface Rows {

  /** Is shown events in order. */
  @FunctionalInterface
  interface Visitor {
    /** Returns whether to go on. */
    boolean visit(long sequence, Row row);
  }

  /**
   * Which events of an id there are: those with numbers above {@code deletedTo}, up to {@code
   * highest}.
   */
  record Extent(long deletedTo, long highest) {
    public static final Extent NOTHING = new Extent(0, 0);
  }

  /** Empty where nothing was ever stored of an id. */
  Optional<Extent> extent(String persistenceId);

  /** Which snapshots an id has, and what was deleted; empty where nothing was ever stored of it. */
  Optional<KeyRecord> record(String persistenceId);

  /** Shows the events with numbers from {@code from} to {@code to}; all must be there. */
  void events(String persistenceId, long from, long to, Visitor visitor);

  /** The row of a snapshot that the record names. */
  byte[] snapshot(String persistenceId, long sequence);

  /**
   * Ids that start with a prefix, by their UTF-8 bytes.
   *
   * @param after only those after this one; empty: from the first
   */
  List<String> ids(String prefix, String after, int limit);

  /** Deadlines that are due, the earliest first. */
  List<DueKeys.Due> due(long nowNanos, int limit);
}
