package io.thalweg.results;

import io.thalweg.domain.key.DamagedJournalException;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.NoLongerKeptException;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.StreamKey;
import io.thalweg.journal.History;
import io.thalweg.journal.VersionedSnapshot;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.NotUsed;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.japi.pf.PFBuilder;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Reads what a backtest folds, from the journal: key by key all events that are kept. Keys that
 * can't be read are told of, and the next one follows; where the store can't be read at all, the
 * source fails. Thread-safe.
 */
final class BacktestReader {
  private static final int PAGE = 1_000;

  private final History history;
  private final StreamDefinition definition;
  private final List<String> keys;
  private final String prefix;

  /**
   * @param definition of the stream now
   * @param keys these; empty: all that start with the prefix
   */
  BacktestReader(History history, StreamDefinition definition, List<String> keys, String prefix) {
    this.history = history;
    this.definition = definition;
    this.keys = List.copyOf(keys);
    this.prefix = prefix;
  }

  /** How many keys there are. Fails with NOT_FOUND where one of those named has no events. */
  Source<Long, NotUsed> count() {
    return keys.isEmpty()
        ? pages().fold(0L, (sum, page) -> sum + page.size())
        : Source.from(keys).mapAsync(1, this::requireKnown).fold(0L, (sum, known) -> sum + 1);
  }

  /** All that is to be folded. */
  Source<BacktestStep, NotUsed> steps() {
    Source<String, NotUsed> all =
        keys.isEmpty() ? pages().mapConcat(page -> page) : Source.from(keys);
    return all.flatMapConcat(key -> steps(new StreamKey(definition.name(), key)))
        .concat(Source.single(new BacktestStep.AllDone()));
  }

  private Source<List<String>, NotUsed> pages() {
    return Source.unfoldAsync(
        "",
        after ->
            history
                .keys(definition.name(), prefix, after, PAGE)
                .thenApply(
                    page ->
                        page.isEmpty()
                            ? Optional.empty()
                            : Optional.of(Pair.create(page.getLast(), page))));
  }

  private CompletionStage<Boolean> requireKnown(String key) {
    StreamKey known = new StreamKey(definition.name(), key);
    return history
        .highestVersion(known)
        .thenApply(
            highest -> {
              if (highest.isEmpty()) {
                throw KeyReader.notFound(known).asRuntimeException();
              }
              return true;
            });
  }

  private Source<BacktestStep, NotUsed> steps(StreamKey key) {
    return Source.completionStage(start(key))
        .flatMapConcat(
            start ->
                Source.<BacktestStep>single(start)
                    .concat(
                        history
                            .events(key, start.fromVersion(), start.toVersion())
                            .map(BacktestStep.Read::new))
                    .concat(Source.single(new BacktestStep.End())))
        .recover(
            new PFBuilder<Throwable, BacktestStep>()
                .match(Throwable.class, BacktestReader::isOfKey, e -> failed(key, e))
                .build())
        .mapMaterializedValue(ignored -> NotUsed.getInstance());
  }

  /** Whether only this key can't be read. */
  private static boolean isOfKey(Throwable failure) {
    return failure instanceof DamagedJournalException
        || failure instanceof NoLongerKeptException
        || (failure.getCause() != null && isOfKey(failure.getCause()));
  }

  private static BacktestStep failed(StreamKey key, Throwable failure) {
    return new BacktestStep.Failed(key, String.valueOf(failure.getMessage()));
  }

  private CompletionStage<BacktestStep.Start> start(StreamKey key) {
    return history
        .highestVersion(key)
        .thenCompose(
            highest -> history.kept(key).thenCompose(kept -> start(key, highest.orElse(0), kept)));
  }

  private CompletionStage<BacktestStep.Start> start(
      StreamKey key, long toVersion, Optional<History.Kept> kept) {
    if (kept.isEmpty() || kept.get().firstEvent() == 1) {
      return CompletableFuture.completedFuture(
          new BacktestStep.Start(key, KeyState.empty(definition), 1, toVersion, false));
    }
    return history
        .snapshotAtOrBefore(key, kept.get().firstState())
        .thenApply(snapshot -> start(key, toVersion, kept.get(), snapshot));
  }

  private static BacktestStep.Start start(
      StreamKey key, long toVersion, History.Kept kept, Optional<VersionedSnapshot> snapshot) {
    if (snapshot.isEmpty()) {
      throw new NoLongerKeptException(
          key.entityId(), kept.firstEvent(), kept.firstEvent(), kept.firstState());
    }
    KeyState state = KeyState.restore(snapshot.get().snapshot());
    return new BacktestStep.Start(key, state, state.version() + 1, toVersion, true);
  }
}
