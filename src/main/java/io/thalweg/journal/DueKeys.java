package io.thalweg.journal;

import io.thalweg.domain.key.IdleDeadline;
import io.thalweg.domain.key.StreamKey;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * The keys that are to be looked at because no sample may have come for long. What is set with an
 * event stays until it is {@link #forget forgotten}, whatever becomes of the node.
 */
public interface DueKeys {

  /** A key, and when it is to be looked at. */
  record Due(StreamKey key, IdleDeadline deadline) {}

  /** Those that are due, the earliest first. */
  CompletionStage<List<Due>> due(long nowNanos, int limit);

  /** The key was looked at, and whatever it caused is durable. */
  void forget(Due due);
}
