package io.thalweg.journal;

import io.thalweg.domain.key.StreamKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/** Reads what is durable of a key. */
public interface History {
  Source<VersionedEvent, NotUsed> events(StreamKey key, long fromVersion, long toVersion);

  CompletionStage<Optional<VersionedSnapshot>> snapshotAtOrBefore(StreamKey key, long version);

  CompletionStage<List<String>> keys(String stream, String prefix, String afterKey, int limit);

  CompletionStage<OptionalLong> highestVersion(StreamKey key);
}
