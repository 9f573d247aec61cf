package io.thalweg.domain.key;

/**
 * What the journal holds of a key can't be read back as it was written. The key stops; nothing is
 * skipped.
 */
public final class DamagedJournalException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param persistenceId the key as the journal names it
   * @param version the sequence number that is damaged or missing
   * @param reason what is wrong with it
   */
  public DamagedJournalException(String persistenceId, long version, String reason) {
    super("the journal of " + persistenceId + " is damaged at version " + version + ": " + reason);
  }
}
