package io.thalweg.domain.key;

/** A key's state as plain data, to be turned into versioned bytes. */
public record KeySnapshot(StreamDefinition definition, long version) {}
