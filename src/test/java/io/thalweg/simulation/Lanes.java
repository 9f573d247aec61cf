package io.thalweg.simulation;

import static io.thalweg.simulation.Scheduler.MILLI;
import static io.thalweg.simulation.Scheduler.SECOND;

import io.thalweg.domain.key.BatchResult;
import io.thalweg.domain.key.KeyBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Brings batches to keys, by the rules of {@code route.Lanes}: one delivery for a key at a time,
 * sent again without an answer; given up after a while, and with it all that waits behind it.
 */
final class Lanes {
  private static final long REPLY_TIMEOUT = 2 * SECOND;
  private static final long RETRY_BACKOFF = 250 * MILLI;
  private static final long GIVE_UP_AFTER = 10 * SECOND;
  private static final int DOUBLINGS_MAX = 4;

  private record Share(Call.Ticket ticket, int series, KeyBatch batch) {}

  private static final class Lane {
    final String id;
    final ArrayDeque<Share> waiting = new ArrayDeque<>();
    boolean busy;

    Lane(String id) {
      this.id = id;
    }
  }

  private static final class Delivery {
    final Lane lane;
    final List<Share> shares;
    final long since;
    int attempts;
    long due;

    Delivery(Lane lane, List<Share> shares, long since) {
      this.lane = lane;
      this.shares = shares;
      this.since = since;
    }

    List<KeyBatch> batches() {
      return shares.stream().map(Share::batch).toList();
    }
  }

  private final Node node;
  private final Map<String, Lane> lanes = new TreeMap<>();
  private final Map<Long, Delivery> underWay = new HashMap<>();
  private long last;

  Lanes(Node node) {
    this.node = node;
  }

  void add(String id, Call.Ticket ticket, int series, KeyBatch batch) {
    lanes.computeIfAbsent(id, Lane::new).waiting.add(new Share(ticket, series, batch));
  }

  /** Sends what can go. */
  void dispatch() {
    for (Lane lane : lanes.values()) {
      if (!lane.busy && !lane.waiting.isEmpty()) {
        lane.busy = true;
        List<Share> shares = new ArrayList<>();
        while (!lane.waiting.isEmpty() && shares.size() < node.world().plan().sharesPerDelivery()) {
          shares.add(lane.waiting.remove());
        }
        long number = ++last;
        underWay.put(number, new Delivery(lane, shares, now()));
        send(number);
      }
    }
  }

  private void send(long number) {
    Delivery delivery = underWay.get(number);
    if (delivery == null) {
      return;
    }
    if (now() - delivery.since >= GIVE_UP_AFTER) {
      giveUp(number, delivery);
      return;
    }
    delivery.attempts++;
    String id = delivery.lane.id;
    int at = node.place(node.world().shards().of(id));
    node.world()
        .send(
            node.life(),
            at,
            "takes a delivery for " + id,
            n ->
                n.record(
                    id,
                    delivery.batches(),
                    0,
                    results ->
                        node.world()
                            .send(
                                n.life(),
                                node,
                                "hears of a delivery for " + id,
                                () -> onReply(number, results))));
    again(number, delivery, REPLY_TIMEOUT);
  }

  private void again(long number, Delivery delivery, long nanos) {
    long due = now() + nanos;
    delivery.due = due;
    node.world()
        .scheduler()
        .after(
            nanos,
            node.life(),
            "looks for an answer",
            () -> {
              if (underWay.get(number) == delivery && delivery.due == due) {
                send(number);
              }
            });
  }

  private void onReply(long number, @Nullable List<BatchResult> results) {
    Delivery delivery = underWay.get(number);
    if (delivery == null) {
      return;
    }
    if (results == null) {
      again(number, delivery, RETRY_BACKOFF << Math.min(delivery.attempts - 1, DOUBLINGS_MAX));
      return;
    }
    underWay.remove(number);
    for (int i = 0; i < results.size(); i++) {
      Share share = delivery.shares.get(i);
      share.ticket().answer(share.series(), results.get(i));
    }
    delivery.lane.busy = false;
    dispatch();
  }

  private void giveUp(long number, Delivery delivery) {
    node.world().note("gives up", () -> delivery.lane.id + " on " + node.name());
    underWay.remove(number);
    delivery.shares.forEach(share -> share.ticket().giveUp());
    List<Share> behind = List.copyOf(delivery.lane.waiting);
    delivery.lane.waiting.clear();
    behind.forEach(share -> share.ticket().giveUp());
    delivery.lane.busy = false;
    dispatch();
  }

  private long now() {
    return node.world().scheduler().now();
  }
}
