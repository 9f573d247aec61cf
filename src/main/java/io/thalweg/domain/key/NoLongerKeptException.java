package io.thalweg.domain.key;

/** What was asked for was deleted on purpose: only what is newer is kept. */
public final class NoLongerKeptException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param persistenceId the key as the journal names it
   * @param version that was asked for
   * @param firstEvent the version of the first event that is kept
   * @param firstState the first version of which the state is still known
   */
  public NoLongerKeptException(
      String persistenceId, long version, long firstEvent, long firstState) {
    super(
        "version "
            + version
            + " of "
            + persistenceId
            + " is no longer kept: events are from version "
            + firstEvent
            + " on, states from version "
            + firstState
            + " on");
  }
}
