package io.thalweg.simulation;

import static io.thalweg.simulation.Scheduler.MICRO;
import static io.thalweg.simulation.Scheduler.MILLI;
import static io.thalweg.simulation.Scheduler.SECOND;

import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.journal.SimulatedJournal;
import io.thalweg.journal.StoreUnavailableException;
import io.thalweg.journal.Write;
import io.thalweg.journal.postgres.SimulatedStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One life of a node: its keys, what waits to be committed, and where it believes shards to be. */
final class Node {
  private static final long QUARANTINE_NANOS = SECOND;
  private static final int HOPS_MAX = 3;

  private final World world;
  private final int index;
  private final Life life;
  private final SimulatedStore store;
  private final SimulatedJournal journal;
  private final Lanes lanes;
  private final StreamDefinition definition;
  private final Map<String, Key> keys = new TreeMap<>();
  private final Map<String, Long> quarantined = new HashMap<>();
  private final List<Write> queue = new ArrayList<>();

  /** By shard: which node has it, as this one believes, and since when. */
  private final int[] places;

  private final String[] incarnations;
  private long clockOffsetNanos;
  private boolean committing;
  private boolean down;

  Node(World world, int index, String name, int[] places) {
    this.world = world;
    this.index = index;
    this.life = new Life(name);
    this.places = places.clone();
    this.incarnations = new String[places.length];
    for (int shard = 0; shard < places.length; shard++) {
      incarnations[shard] = name + "/0";
    }
    this.definition =
        world.plan().definitions().get(world.scheduler().random().nextInt(4) == 0 ? 1 : 0);
    DatabaseLine line = new DatabaseLine(world, life);
    this.store =
        SimulatedStore.of(
            world.database(),
            line,
            name,
            world.shards(),
            world.plan().knownKeysMax(),
            this::submit,
            rows -> world.wiring().recovered(rows, world.scheduler()),
            this::monotonicNanos);
    this.journal =
        new SimulatedJournal(store, world.plan().retention(), name, this::monotonicNanos);
    this.lanes = new Lanes(this);
    scheduleCheck();
  }

  World world() {
    return world;
  }

  int index() {
    return index;
  }

  Life life() {
    return life;
  }

  String name() {
    return life.name;
  }

  Lanes lanes() {
    return lanes;
  }

  SimulatedJournal journal() {
    return journal;
  }

  StreamDefinition definition() {
    return definition;
  }

  /** Its wall clock, which may jump. */
  long clockNanos() {
    return World.START_NANOS + world.scheduler().now() + clockOffsetNanos;
  }

  void clockJumps(long nanos) {
    clockOffsetNanos += nanos;
  }

  private long monotonicNanos() {
    return World.START_NANOS + world.scheduler().now();
  }

  int place(int shard) {
    return places[shard];
  }

  int[] places() {
    return places;
  }

  /** It hears where a shard is now. A shard that comes is another one each time. */
  void place(int shard, int at, String incarnation, boolean handedOver) {
    if (places[shard] == index && at != index && handedOver) {
      for (Map.Entry<String, Key> key : new TreeMap<>(keys).entrySet()) {
        if (world.shards().of(key.getKey()) == shard) {
          key.getValue().leave();
        }
      }
    }
    places[shard] = at;
    incarnations[shard] = incarnation;
  }

  /** A delivery for a key has come. */
  void record(String id, List<KeyBatch> batches, int hops, Key.ReplyTo replyTo) {
    int at = places[world.shards().of(id)];
    if (at != index) {
      if (hops < HOPS_MAX) {
        world.send(life, at, "forwards to " + id, n -> n.record(id, batches, hops + 1, replyTo));
      }
      return;
    }
    Long until = quarantined.get(id);
    if (until != null && world.scheduler().now() < until) {
      replyTo.reply(null);
      return;
    }
    key(id).record(batches, replyTo);
  }

  /** The key in memory, or on its way there. */
  Key key(String id) {
    Key known = keys.get(id);
    if (known != null) {
      return known;
    }
    int shard = world.shards().of(id);
    store.ownership().hosted(shard, incarnations[shard]);
    Key made = new Key(this, id);
    keys.put(id, made);
    made.recover();
    return made;
  }

  void checkIdle(String id) {
    if (places[world.shards().of(id)] == index) {
      key(id).checkIdle();
    }
  }

  void passivate(String id) {
    Key known = keys.get(id);
    if (known != null) {
      known.leave();
    }
  }

  void forget(String id, Key key) {
    keys.remove(id, key);
  }

  void quarantine(String id) {
    quarantined.put(id, world.scheduler().now() + QUARANTINE_NANOS);
  }

  private void submit(Write write) {
    queue.add(write);
    commitSoon();
  }

  /** As the commit thread does: all that waits goes at once, and what comes meanwhile goes next. */
  private void commitSoon() {
    if (!committing && !queue.isEmpty()) {
      committing = true;
      world
          .scheduler()
          .after(world.scheduler().random().nextLong(2_000) * MICRO, life, "commits", this::commit);
    }
  }

  private void commit() {
    int most = world.scheduler().random().nextInt(4) == 0 ? 1 : queue.size();
    List<Write> writes = new ArrayList<>(queue.subList(0, most));
    queue.subList(0, most).clear();
    world.note("flush", () -> writes.size() + " writes of " + life.name);
    try {
      if (down) {
        store.reopen();
        down = false;
      }
      store.commit(writes);
    } catch (StoreUnavailableException e) {
      if (down) {
        writes.forEach(write -> write.failed(e));
      }
      down = true;
    }
    committing = false;
    commitSoon();
  }

  private void scheduleCheck() {
    world
        .scheduler()
        .after(
            SECOND + world.scheduler().random().nextLong(MILLI),
            life,
            "looks for late writes",
            () -> {
              journal.check();
              scheduleCheck();
            });
  }
}
