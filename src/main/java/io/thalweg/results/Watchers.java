package io.thalweg.results;

import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.StreamKey;
import io.thalweg.entity.KeyActor;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Who watches keys of this node: hears from them what happens, and tells who wants to know.
 * Thread-safe.
 */
public final class Watchers implements KeyActor.Publication {
  private final ResultsSettings settings;
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
  private int own;

  public Watchers(ResultsSettings settings) {
    this.settings = settings;
  }

  @Override
  public void happened(StreamKey key, KeyEvent event, KeyState after) {
    if (subscriptions.isEmpty()) {
      return;
    }
    Happening.Changed changed =
        new Happening.Changed(key, after.version(), event.outcomes(), Optional.empty());
    Happening.Changed withState =
        new Happening.Changed(key, after.version(), event.outcomes(), Optional.of(after));
    for (Subscription subscription : subscriptions) {
      subscription.offer(changed, withState);
    }
  }

  /** How many of this node's own there may be. */
  int max() {
    return settings.watchersMax();
  }

  /**
   * Empty where there are as many watchers as may be. Who subscribes must {@link #removeOwn} later.
   */
  synchronized Optional<Subscription> add(Interest interest) {
    if (own >= settings.watchersMax()) {
      return Optional.empty();
    }
    own++;
    return Optional.of(addForOtherNode(interest));
  }

  synchronized void removeOwn(Subscription subscription) {
    if (subscriptions.remove(subscription)) {
      own--;
    }
  }

  /** Whoever watches on another node is counted there. To be {@link #remove removed} later. */
  Subscription addForOtherNode(Interest interest) {
    Subscription subscription = new Subscription(interest, settings.watchBufferMax());
    subscriptions.add(subscription);
    return subscription;
  }

  void remove(Subscription subscription) {
    subscriptions.remove(subscription);
  }

  /** How many there are, those of other nodes' watches among them. */
  int size() {
    return subscriptions.size();
  }
}
