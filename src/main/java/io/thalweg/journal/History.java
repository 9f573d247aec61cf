package io.thalweg.journal;

import io.thalweg.domain.key.StreamKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/**
 * What the journal holds of each key. All that it tells is durable.
 *
 * <p>Reads fail with {@link io.thalweg.domain.key.DamagedJournalException} where the journal of the
 * key is damaged, and with {@link StoreUnavailableException} while the store can't read. Stages may
 * be completed on the read dispatcher: what follows must not block.
 */
public interface History {

  /**
   * Events of a key in order, as far as they are stored when the source starts. It reads a bounded
   * number ahead of demand, and holds nothing open between reads. It fails with {@link
   * io.thalweg.domain.key.NoLongerKeptException} where events from there on were deleted.
   *
   * @param fromVersion inclusive, at least 1
   * @param toVersion inclusive; may be beyond the last
   */
  Source<VersionedEvent, NotUsed> events(StreamKey key, long fromVersion, long toVersion);

  /** The newest snapshot that covers no event after {@code version}. */
  CompletionStage<Optional<VersionedSnapshot>> snapshotAtOrBefore(StreamKey key, long version);

  /**
   * Keys of a stream that have at least one event, in the order of their UTF-8 bytes.
   *
   * @param prefix what they start with; empty: all
   * @param afterKey only those after this one; empty: from the first
   * @param limit at most so many
   */
  CompletionStage<List<String>> keys(String stream, String prefix, String afterKey, int limit);

  /**
   * What is still kept of a key.
   *
   * @param firstEvent the version of the first event that is kept
   * @param firstState the first version of which the state is known, or can be folded from it; 0:
   *     the state before all events
   */
  record Kept(long firstEvent, long firstState) {}

  /** What is kept of a key; empty where it has no events. */
  CompletionStage<Optional<Kept>> kept(StreamKey key);

  /** The version of a key's last event; empty where the key has none. */
  CompletionStage<OptionalLong> highestVersion(StreamKey key);
}
