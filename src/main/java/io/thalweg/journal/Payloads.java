package io.thalweg.journal;

import io.thalweg.domain.key.DamagedJournalException;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializer;
import org.apache.pekko.serialization.Serializers;

/** Turns objects to bytes and back by the serializers that are bound to their types. */
final class Payloads {
  private final Serialization serialization;

  Payloads(ActorSystem system) {
    serialization = SerializationExtension.get(system);
  }

  /** Whatever the serializer throws is thrown. */
  Stored store(Object object) {
    byte[] bytes = serialization.serialize(object).get();
    Serializer serializer = serialization.findSerializerFor(object);
    return new Stored(serializer.identifier(), Serializers.manifestFor(serializer, object), bytes);
  }

  /**
   * Reads what was stored under a number.
   *
   * @throws DamagedJournalException if the serializer can't
   */
  Object load(String persistenceId, long sequence, Stored stored) {
    try {
      return serialization
          .deserialize(stored.bytes(), stored.serializer(), stored.manifest())
          .get();
    } catch (Exception e) {
      DamagedJournalException damage =
          new DamagedJournalException(
              persistenceId,
              sequence,
              "'" + stored.manifest() + "' can't be deserialized: " + e.getMessage());
      damage.initCause(e);
      throw damage;
    }
  }
}
