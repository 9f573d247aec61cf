package io.thalweg.route;

import io.thalweg.domain.sample.Batch;
import io.thalweg.entity.KeyActor;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;

/** The way from the edge to the keys, shared by all calls of a node. Thread-safe. */
public final class Router {
  private final ActorRef<Lanes.Message> lanes;
  private final RouteSettings settings;

  private Router(ActorRef<Lanes.Message> lanes, RouteSettings settings) {
    this.lanes = lanes;
    this.settings = settings;
  }

  /** Starts the router of a node. */
  public static Router start(
      ActorSystem<?> system,
      ActorRef<ShardingEnvelope<KeyActor.Command>> shards,
      RouteSettings settings) {
    return new Router(
        system.systemActorOf(
            Lanes.create(shards, settings, System::nanoTime), "lanes", Props.empty()),
        settings);
  }

  /**
   * Offers a batch. Completed when the batch has found room: a caller that brings its next batch
   * only then is held back as the keys and the journal need it, and batches of one caller reach
   * each key in its order.
   */
  public CompletionStage<Admission> admit(Batch batch) {
    Ticket ticket = new Ticket(batch);
    lanes.tell(new Lanes.Message.Offer(ticket));
    return ticket.admitted();
  }

  /** How many admitted batches one caller may have without having taken their results. */
  public int batchesInFlightPerCallMax() {
    return settings.batchesInFlightPerCallMax();
  }
}
