package io.thalweg.entity;

import io.thalweg.domain.key.Shards;
import io.thalweg.domain.key.StreamDefinition;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What the keys of a node share.
 *
 * @param settings their bounds
 * @param definitions a stream's definition as it is configured now, by the stream's name
 * @param publication hears what happens to them
 * @param clockNanos the time, nanoseconds since 1970
 * @param shards into which shards they fall
 * @param hosting hears which of these are on this node
 * @param active the keys that are in this node's memory
 * @param quarantine the keys that could not be recovered
 */
public record Keys(
    EntitySettings settings,
    Function<String, StreamDefinition> definitions,
    KeyActor.Publication publication,
    LongSupplier clockNanos,
    Shards shards,
    Hosting hosting,
    ActiveKeys active,
    Quarantine quarantine) {

  public Keys(
      EntitySettings settings,
      Function<String, StreamDefinition> definitions,
      KeyActor.Publication publication,
      LongSupplier clockNanos,
      Shards shards,
      Hosting hosting) {
    this(
        settings,
        definitions,
        publication,
        clockNanos,
        shards,
        hosting,
        new ActiveKeys(settings, () -> 0),
        new Quarantine());
  }
}
