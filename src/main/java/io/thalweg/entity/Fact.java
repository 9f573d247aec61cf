package io.thalweg.entity;

import io.thalweg.domain.key.EventRun;
import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.KeyState;
import java.util.List;
import java.util.Set;
import org.apache.pekko.persistence.typed.EventAdapter;
import org.apache.pekko.persistence.typed.EventSeq;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way between decision, journal and state; on the way back from the journal it may
 * be several.
 *
 * <p>To decide on batches their samples must be folded, because what they cause stands in the
 * event. So the state after the event is known before the event is persisted; it is carried along,
 * lest the samples be folded a second time. An event read from the journal has none and is folded.
 */
final class Fact {

  /** The journal holds the event alone, and tells them one by one or many at once. */
  static final EventAdapter<Fact, Object> ADAPTER =
      new EventAdapter<>() {
        @Override
        public Object toJournal(Fact fact) {
          return fact.events.getFirst();
        }

        @Override
        public String manifest(Fact fact) {
          return "";
        }

        @Override
        public EventSeq<Fact> fromJournal(Object journaled, String manifest) {
          List<KeyEvent> events =
              journaled instanceof EventRun run ? run.events() : List.of((KeyEvent) journaled);
          return EventSeq.single(new Fact(events, null, Set.of()));
        }
      };

  private final List<KeyEvent> events;
  private final @Nullable KeyState after;
  private final Set<String> tags;

  private Fact(List<KeyEvent> events, @Nullable KeyState after, Set<String> tags) {
    this.events = events;
    this.after = after;
    this.tags = tags;
  }

  /**
   * @param tags what the journal is to find it by
   */
  static Fact decided(KeyEvent event, KeyState after, Set<String> tags) {
    return new Fact(List.of(event), after, tags);
  }

  Set<String> tags() {
    return tags;
  }

  /** The state after this fact, given the one before it. */
  static KeyState foldInto(KeyState before, Fact fact) {
    if (fact.after != null) {
      return fact.after;
    }
    KeyState state = before;
    for (KeyEvent event : fact.events) {
      state = state.evolve(event);
    }
    return state;
  }
}
