package io.thalweg.journal;

import io.thalweg.domain.key.JournalUnavailableException;

/**
 * What was being read of an id was deleted meanwhile, because newer snapshots make up for it.
 * Nothing is damaged: whoever reads anew finds those.
 */
public final class JournalChangedException extends JournalUnavailableException {
  private static final long serialVersionUID = 1L;

  JournalChangedException(String persistenceId) {
    super("the journal of " + persistenceId + " changed while it was read", null);
  }
}
