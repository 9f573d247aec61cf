package io.thalweg.results;

import io.thalweg.domain.key.StreamKey;

/** What a watch is of. */
sealed interface Interest {

  /** Whether it is to hear of the state after every event. */
  boolean states();

  /** Whether it is to hear of a key. */
  boolean matches(StreamKey key);

  /** Whether it is to hear of events that caused nothing: they tell it that it missed none. */
  boolean everyEvent();

  /** One key. */
  record OneKey(StreamKey key, boolean states) implements Interest {
    @Override
    public boolean matches(StreamKey other) {
      return key.equals(other);
    }

    @Override
    public boolean everyEvent() {
      return true;
    }
  }

  /**
   * Many keys of a stream.
   *
   * @param prefix what they start with; empty: all
   */
  record Prefix(String stream, String prefix, boolean states) implements Interest {
    @Override
    public boolean matches(StreamKey key) {
      return key.stream().equals(stream) && key.key().startsWith(prefix);
    }

    @Override
    public boolean everyEvent() {
      return states;
    }
  }
}
