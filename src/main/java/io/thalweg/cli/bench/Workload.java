package io.thalweg.cli.bench;

import io.thalweg.v1.KeyState;
import io.thalweg.v1.StreamDefinition;
import io.thalweg.v1.Window;
import java.util.List;
import java.util.Optional;

/**
 * What is sent, and what must come of it. A key's samples are numbered from 0 in the order in which
 * they are sent; time and value of each follow from key and number.
 */
public sealed interface Workload permits CountWorkload, TimeWorkload {
  /** In September 2001: whatever the clock says, no sample is ahead of it. */
  long START_NANOS = 1_000_000_000_000_000_000L;

  /** Its letter. */
  String name();

  /** The stream that it is sent to. */
  String stream();

  /** The length of its windows: samples, or seconds. */
  int size();

  /** How the stream must be defined: HOCON, to be set at {@code thalweg.streams}. */
  String definition();

  /** In what a stream of that name is defined otherwise; empty: in nothing that matters. */
  Optional<String> difference(StreamDefinition actual);

  long timeNanos(int key, long index);

  double value(int key, long index);

  /** What the first samples of a key amount to. */
  Tally total(int key, long count);

  /** The windows that a key's state must tell of after so many samples, by ascending start. */
  List<ExpectedWindow> windows(int key, long count);

  /** The windows of a key that have closed after so many samples, in that order. */
  long closedCount(int key, long count);

  /** The closed window at a place in that order. */
  ExpectedWindow closed(int key, long count, long place);

  /** What else is wrong with a state whose totals and windows are right; empty: nothing. */
  Optional<String> otherFlaw(int key, long count, KeyState state);

  /** A window as it must be told. */
  record ExpectedWindow(long startNanos, long endNanos, boolean closed, Tally tally) {

    /** What is wrong with a window; empty: nothing. */
    Optional<String> flaw(Window actual) {
      if (actual.getStartUnixNano() != startNanos || actual.getEndUnixNano() != endNanos) {
        return Optional.of(
            "from %d to %d instead of from %d to %d"
                .formatted(
                    actual.getStartUnixNano(), actual.getEndUnixNano(), startNanos, endNanos));
      }
      if (actual.getClosed() != closed || actual.getRevision() != 0) {
        return Optional.of(
            "closed: %s, revision %d instead of closed: %s, revision 0"
                .formatted(actual.getClosed(), actual.getRevision(), closed));
      }
      return Comparison.flaw(tally, actual.getSummary());
    }
  }
}
