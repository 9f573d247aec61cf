package io.thalweg.simulation;

/** What must hold in each run. */
enum Invariant {
  /** What is answered as counted is in the journal by then, and in the end. */
  ACKNOWLEDGED_IS_STORED,
  /** A numbered batch is in the journal once or not at all. */
  COUNTED_ONCE,
  /** Batches of the reference client are in each key's journal in the order of their numbers. */
  PRODUCERS_ORDER,
  /** The journal of a key has no gap and nothing twice. */
  CONTIGUOUS,
  /** After a claim nothing is stored for an earlier owner. */
  ONE_OWNER,
  /** "Already counted" is said of batches that the journal holds. */
  DUPLICATE_IS_STORED,
  /** "Too old" is said of numbers more than 256 below the highest that the journal holds. */
  STALE_IS_OLD,
  /** "Too many producers" is said where the journal has so many, and not this one. */
  TOO_MANY_ARE_MANY,
  /** A refused batch is not stored. */
  REFUSED_IS_NOT_STORED,
  /** Each state that a key ever had is what its journal folds to, bit for bit. */
  REFOLDS,
  /** Count, sum, least and largest value are those of the batches in the journal. */
  CLOSED_FORM,
  /** Nothing is damaged, so nobody says so. */
  NO_DAMAGE,
  /** Once the faults are over, all that is open is answered. */
  HEALS
}
