package io.thalweg.domain.key;

import java.util.List;

/**
 * Events of one key that follow one another, as the journal tells them to a key that recovers: one
 * message for many costs hardly more than one for each would.
 */
public record EventRun(List<KeyEvent> events) {
  public EventRun {
    events = List.copyOf(events);
  }
}
