package io.thalweg.results;

import io.thalweg.domain.key.KeyView;
import io.thalweg.domain.key.Outcome;
import io.thalweg.domain.key.StreamKey;
import io.thalweg.v1.Update;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a watcher is told next. */
sealed interface Happening {

  /** The version of its key that it tells of; of several, the newest; 0 where of none. */
  long version();

  /** It, in the words of the API. */
  List<Update> updates();

  /**
   * What one event did to a key: its outcomes, then the state.
   *
   * @param outcomes what it caused
   * @param state the state after it, where it is asked for
   */
  record Changed(StreamKey key, long version, List<Outcome> outcomes, Optional<KeyView> state)
      implements Happening {

    /** How many updates tell of it. */
    int size() {
      return outcomes.size() + (state.isPresent() ? 1 : 0);
    }

    @Override
    public List<Update> updates() {
      List<Update> updates = new ArrayList<>(size());
      outcomes.forEach(outcome -> updates.add(Protos.update(key, version, outcome)));
      state.ifPresent(after -> updates.add(Protos.update(key, after)));
      return updates;
    }
  }

  /** The watcher was too slow: so many updates were left out, up to this key and version. */
  record Skipped(StreamKey key, long version, long count) implements Happening {
    @Override
    public List<Update> updates() {
      return count == 0
          ? List.of()
          : List.of(
              Update.newBuilder().setKey(key.key()).setVersion(version).setSkipped(count).build());
    }
  }

  /** A node went with what it had not told yet: of which keys, and how much, nobody knows. */
  enum Lost implements Happening {
    INSTANCE;

    @Override
    public long version() {
      return 0;
    }

    @Override
    public List<Update> updates() {
      return List.of(Update.newBuilder().setSkipped(0).build());
    }
  }
}
