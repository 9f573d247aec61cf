package io.thalweg.journal;

import io.thalweg.domain.key.KeySnapshot;

/** A snapshot and the sequence number of the last event in it. */
public record VersionedSnapshot(long version, KeySnapshot snapshot) {}
