package io.thalweg.entity;

import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.KeyState;
import java.util.Set;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.EventSeq;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way between decision, journal and state.
 *
 * <p>To decide on batches their samples must be folded, because what they cause stands in the
 * event. So the state after the event is known before the event is persisted; it is carried along,
 * lest the samples be folded a second time. An event read from the journal has none and is folded.
 */
final class Fact {

  /** The journal holds the event alone. */
  static final EventAdapter<Fact, KeyEvent> ADAPTER =
      new EventAdapter<>() {
        @Override
        public KeyEvent toJournal(Fact fact) {
          return fact.event;
        }

        @Override
        public String manifest(Fact fact) {
          return "";
        }

        @Override
        public EventSeq<Fact> fromJournal(KeyEvent event, String manifest) {
          return EventSeq.single(new Fact(event, null, Set.of()));
        }
      };

  private final KeyEvent event;
  private final @Nullable KeyState after;
  private final Set<String> tags;

  private Fact(KeyEvent event, @Nullable KeyState after, Set<String> tags) {
    this.event = event;
    this.after = after;
    this.tags = tags;
  }

  /**
   * @param tags what the journal is to find it by
   */
  static Fact decided(KeyEvent event, KeyState after, Set<String> tags) {
    return new Fact(event, after, tags);
  }

  Set<String> tags() {
    return tags;
  }

  /** The state after this fact, given the one before it. */
  static KeyState foldInto(KeyState before, Fact fact) {
    return fact.after != null ? fact.after : before.evolve(fact.event);
  }
}
