package io.thalweg.route;

import io.thalweg.domain.key.Shards;
import io.thalweg.entity.KeyAccess;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;

/** The way from the edge to the keys, shared by all calls of a node. Thread-safe. */
public final class Router {
  private static final DispatcherSelector DISPATCHER =
      DispatcherSelector.fromConfig("thalweg.edge-dispatcher");

  private final ActorRef<Lanes.Message> lanes;
  private final ActorRef<Relay.Message> relay;
  private final RouteSettings settings;
  private final RouteCounters counters;

  private Router(
      ActorRef<Lanes.Message> lanes,
      ActorRef<Relay.Message> relay,
      RouteSettings settings,
      RouteCounters counters) {
    this.lanes = lanes;
    this.relay = relay;
    this.settings = settings;
    this.counters = counters;
  }

  /**
   * Starts the router of a node.
   *
   * @param keys the ways to them
   * @param hosted the shards of this node
   */
  public static Router start(
      ActorSystem<?> system,
      KeyAccess keys,
      Shards shards,
      HostedShards hosted,
      RouteSettings settings) {
    RouteCounters counters = new RouteCounters();
    ActorRef<Relay.Message> relay =
        system.systemActorOf(Relay.create(keys, hosted), "relay", DISPATCHER);
    ActorRef<Lanes.Message> lanes =
        system.systemActorOf(
            Lanes.create(keys, shards, relay, settings, counters, System::nanoTime),
            "lanes",
            DISPATCHER);
    return new Router(lanes, relay, settings, counters);
  }

  /** This node is leaving, and its shards go elsewhere: the other nodes need not try it first. */
  public void leave() {
    relay.tell(Relay.Message.Withdraw.INSTANCE);
  }

  /** A new one, who has brought nothing yet. */
  public Caller caller() {
    return new Caller(lanes);
  }

  /** What has been done and is under way. */
  public RouteCounters counters() {
    return counters;
  }

  /** How many admitted batches one caller may have without having taken their results. */
  public int batchesInFlightPerCallMax() {
    return settings.batchesInFlightPerCallMax();
  }
}
