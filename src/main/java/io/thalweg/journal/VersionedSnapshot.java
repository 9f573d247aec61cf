package io.thalweg.journal;

import io.thalweg.domain.key.KeySnapshot;

/**
 * A key's state after an event.
 *
 * @param version the event's sequence number in the journal
 * @param snapshot the state
 */
public record VersionedSnapshot(long version, KeySnapshot snapshot) {}
