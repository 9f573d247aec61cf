package io.thalweg.results;

import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.StreamKey;
import io.thalweg.entity.KeyActor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * The watchers of a node: hears from the keys what happens, and tells who wants to know.
 * Thread-safe.
 */
public final class Watchers implements KeyActor.Publication {
  private final ResultsSettings settings;
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

  public Watchers(ResultsSettings settings) {
    this.settings = settings;
  }

  @Override
  public void happened(StreamKey key, KeyEvent event, KeyState after) {
    for (Subscription subscription : subscriptions) {
      subscription.offer(key, event, after);
    }
  }

  /** How many there may be. */
  int max() {
    return settings.watchersMax();
  }

  /**
   * Empty where there are as many watchers as may be. Who subscribes must {@link #remove} later.
   */
  synchronized Optional<Subscription> add(Predicate<StreamKey> keys, boolean states) {
    if (subscriptions.size() >= settings.watchersMax()) {
      return Optional.empty();
    }
    Subscription subscription = new Subscription(keys, states, settings.watchBufferMax());
    subscriptions.add(subscription);
    return Optional.of(subscription);
  }

  void remove(Subscription subscription) {
    subscriptions.remove(subscription);
  }
}
