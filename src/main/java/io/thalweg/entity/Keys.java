package io.thalweg.entity;

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
 * @param quarantine the keys that could not be recovered
 * @param hosting hears of the keys that this node is given
 */
public record Keys(
    EntitySettings settings,
    Function<String, StreamDefinition> definitions,
    KeyActor.Publication publication,
    LongSupplier clockNanos,
    Quarantine quarantine,
    Hosting hosting) {

  /** Hears of a key before it reads its journal. */
  @FunctionalInterface
  public interface Hosting {
    Hosting UNHEARD = (entityId, incarnation) -> {};

    /**
     * This node has the key's shard. Called whenever a key's actor is made, by any thread; cheap.
     *
     * @param incarnation one life of the shard on this node: another one after the shard was
     *     elsewhere
     */
    void hosted(String entityId, String incarnation);
  }

  public Keys(
      EntitySettings settings,
      Function<String, StreamDefinition> definitions,
      KeyActor.Publication publication,
      LongSupplier clockNanos) {
    this(settings, definitions, publication, clockNanos, Hosting.UNHEARD);
  }

  public Keys(
      EntitySettings settings,
      Function<String, StreamDefinition> definitions,
      KeyActor.Publication publication,
      LongSupplier clockNanos,
      Hosting hosting) {
    this(settings, definitions, publication, clockNanos, new Quarantine(), hosting);
  }
}
