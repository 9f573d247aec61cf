package io.thalweg.journal;

import io.thalweg.domain.key.KeyEvent;

/** An event and its sequence number. */
public record VersionedEvent(long version, KeyEvent event) {}
