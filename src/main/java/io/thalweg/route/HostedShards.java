package io.thalweg.route;

import io.thalweg.entity.Hosting;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;

/** The shards of this node of which a key has been in memory. Thread-safe. */
public final class HostedShards implements Hosting {

  /** A shard, for as long as its actor is here. */
  record Hosted(int number, ActorRef<Void> life) {}

  private final Map<Integer, Hosted> shards = new ConcurrentHashMap<>();
  private volatile Consumer<Hosted> listener = shard -> {};

  @Override
  public void hosted(int shard, ActorRef<Void> life) {
    Hosted known = shards.get(shard);
    if (known == null || !known.life().equals(life)) {
      Hosted hosted = new Hosted(shard, life);
      if (!hosted.equals(shards.put(shard, hosted))) {
        listener.accept(hosted);
      }
    }
  }

  /** Their numbers. */
  public List<Integer> numbers() {
    return List.copyOf(shards.keySet());
  }

  /** From now on it hears of each that comes; and now of those that are there. */
  void onHosted(Consumer<Hosted> listener) {
    this.listener = listener;
    shards.values().forEach(listener);
  }

  /** Its actor has stopped. */
  void ended(Hosted shard) {
    shards.remove(shard.number(), shard);
  }
}
