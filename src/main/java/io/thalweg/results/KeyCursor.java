package io.thalweg.results;

import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/**
 * Follows one key from a version on: each version once, in order, and none left out unless the
 * watcher is too slow.
 *
 * <p>Why not as it comes? While a key moves from node to node, or a node is lost, what is told of
 * it comes from two nodes, or not at all. But a key's versions are numbered without gaps, and the
 * journal has them all. So what was told already is dropped, and a gap is read from the journal.
 *
 * <p>Of one stream: not thread-safe, and to be used once.
 */
final class KeyCursor {

  /** What the journal holds of the key. */
  @FunctionalInterface
  interface Journal {
    /** From one version to another, both inclusive; the last may be beyond the newest. */
    Source<Happening, NotUsed> read(long fromVersion, long toVersion);
  }

  private final Journal journal;
  private long last;

  /**
   * @param after the version that is not told any more
   */
  KeyCursor(Journal journal, long after) {
    this.journal = journal;
    this.last = after;
  }

  /** First what the journal holds, then live. */
  Source<Happening, NotUsed> follow(Source<Happening, NotUsed> live) {
    return Source.<Happening>single(Happening.Lost.INSTANCE).concat(live).flatMapConcat(this::next);
  }

  private Source<Happening, NotUsed> next(Happening happening) {
    return switch (happening) {
      case Happening.Lost lost ->
          last == Long.MAX_VALUE ? Source.empty() : told(journal.read(last + 1, Long.MAX_VALUE));
      case Happening.Changed changed -> changed(changed);
      case Happening.Skipped skipped ->
          skipped.version() <= last ? Source.empty() : told(Source.single(skipped));
    };
  }

  private Source<Happening, NotUsed> changed(Happening.Changed changed) {
    if (changed.version() <= last) {
      return Source.empty();
    }
    Source<Happening, NotUsed> itself = Source.single(changed);
    return told(
        changed.version() == last + 1
            ? itself
            : journal.read(last + 1, changed.version() - 1).concat(itself));
  }

  private Source<Happening, NotUsed> told(Source<Happening, NotUsed> happenings) {
    return happenings.map(
        next -> {
          last = Math.max(last, next.version());
          return next;
        });
  }
}
