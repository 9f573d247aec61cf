package io.thalweg.domain.key;

import io.thalweg.domain.detect.DetectorDefinition;
import java.util.List;
import java.util.Optional;

/**
 * Folds a key's events once more, in their order, and compares the alerts: those that the events
 * tell of with those that come about now. Of one thread.
 *
 * <p>Without another definition the key's own ones are followed, as the events tell of them; then
 * all alerts must come about again, to the bit.
 *
 * <p>With another one it is followed from the start, as if the stream's definition had changed
 * there: windows and a detector that it shares with the start go on, others begin anew.
 *
 * <p><b>Idle time.</b> Where the other definition has the windows and time rules that the key had,
 * windows close with the idle events that there were. Otherwise those events say nothing of it, and
 * windows close at its own deadlines, as far as the arrivals of the key's events tell that they are
 * over.
 */
public final class KeyBacktest {
  private final Optional<StreamDefinition> other;
  private final boolean isDetectorNew;
  private StreamDefinition own;
  private KeyState state;

  /**
   * @param start the state before the first event: the empty one, or a later one where older events
   *     are gone
   * @param other the definition to be followed; empty: the key's own
   */
  public KeyBacktest(KeyState start, Optional<StreamDefinition> other) {
    this.other = other;
    own = start.definition();
    state = start;
    isDetectorNew =
        start.version() > 0 && other.filter(next -> !keepsDetector(own, next)).isPresent();
  }

  /**
   * Whether the detector has seen nothing of what was before the start, although there was
   * something: it warms up on the first samples.
   */
  public boolean isDetectorNew() {
    return isDetectorNew;
  }

  /** What becomes of the alerts of the next event, in the order of its samples. */
  public List<AlertChange> next(KeyEvent event) {
    own = event.definition().orElse(own);
    return switch (event) {
      case KeyEvent.Recorded recorded -> {
        if (!followsIdleEvents()) {
          closeIdle(recorded.arrivalNanos());
        }
        yield AlertChanges.of(recorded.batches(), event.outcomes(), fold(event));
      }
      case KeyEvent.Idled idled -> {
        if (followsIdleEvents()) {
          fold(event);
        } else {
          closeIdle(idled.atNanos());
        }
        yield List.of();
      }
    };
  }

  private List<Outcome> fold(KeyEvent event) {
    Replayed replayed = state.replay(event, other.orElse(own));
    state = replayed.after();
    return replayed.outcomes();
  }

  private void closeIdle(long nowNanos) {
    state = state.decideIdle(other.orElse(own), nowNanos).after();
  }

  private boolean followsIdleEvents() {
    return other.isEmpty()
        || (other.get().setups().equals(own.setups()) && other.get().time().closesLike(own.time()));
  }

  /** Whether what the detector goes by is there where a definition follows another one. */
  private static boolean keepsDetector(StreamDefinition from, StreamDefinition to) {
    if (to.detector().isEmpty()) {
      return true;
    }
    WindowDetector detector = to.detector().get();
    return switch (detector.definition()) {
      case DetectorDefinition.Threshold threshold -> true;
      case DetectorDefinition.ZScore zScore ->
          to.setups().stream()
              .filter(setup -> setup.name().equals(detector.window()))
              .allMatch(from.setups()::contains);
      case DetectorDefinition.Ewma ewma -> keepsMemory(from, to);
      case DetectorDefinition.Surprise surprise -> keepsMemory(from, to);
    };
  }

  private static boolean keepsMemory(StreamDefinition from, StreamDefinition to) {
    return to.detector().equals(from.detector()) && to.time().zone().equals(from.time().zone());
  }
}
