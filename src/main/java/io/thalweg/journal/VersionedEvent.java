package io.thalweg.journal;

import io.thalweg.domain.key.KeyEvent;

/**
 * An event of a key.
 *
 * @param version its sequence number in the journal
 * @param event what happened
 */
public record VersionedEvent(long version, KeyEvent event) {}
