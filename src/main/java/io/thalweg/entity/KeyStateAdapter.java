package io.thalweg.entity;

import io.thalweg.domain.key.KeySnapshot;
import io.thalweg.domain.key.KeyState;
import org.apache.pekko.persistence.typed.SnapshotAdapter;

/** The snapshot store holds a state as plain data. */
enum KeyStateAdapter implements SnapshotAdapter<KeyState> {
  INSTANCE;

  @Override
  public Object toJournal(KeyState state) {
    return state.snapshot();
  }

  @Override
  public KeyState fromJournal(Object snapshot) {
    return KeyState.restore((KeySnapshot) snapshot);
  }
}
