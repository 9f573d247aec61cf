package io.thalweg.simulation;

import static io.thalweg.simulation.Scheduler.MICRO;
import static io.thalweg.simulation.Scheduler.SECOND;

import io.thalweg.domain.key.Shards;
import io.thalweg.journal.postgres.SimulatedDatabase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** All that there is in one run: nodes, network, database, clients, and who watches them. */
final class World {
  /** What clocks say at the start, nanoseconds since 1970. */
  static final long START_NANOS = 1_700_000_000_000_000_000L;

  private final Scheduler scheduler;
  private final Plan plan;
  private final Wiring wiring;
  private final Shards shards;
  private final Oracle oracle = new Oracle();
  private final SimulatedDatabase database;
  private final List<Node> nodes = new ArrayList<>();
  private final List<Stream> streams = new ArrayList<>();

  /** Which nodes can't reach each other, as {@code a * nodes + b}. */
  private final Set<Integer> partitions = new HashSet<>();

  private final Set<Integer> cutOff = new HashSet<>();
  private boolean troubled;
  private boolean healed;
  private int lives;
  private int samples;

  World(Scheduler scheduler, Plan plan, Wiring wiring) {
    this.scheduler = scheduler;
    this.plan = plan;
    this.wiring = wiring;
    this.shards = new Shards(plan.shards());
    this.database = wiring.database(plan.shards(), oracle, scheduler);
  }

  Scheduler scheduler() {
    return scheduler;
  }

  Plan plan() {
    return plan;
  }

  Wiring wiring() {
    return wiring;
  }

  Shards shards() {
    return shards;
  }

  Oracle oracle() {
    return oracle;
  }

  SimulatedDatabase database() {
    return database;
  }

  List<Node> nodes() {
    return nodes;
  }

  void note(String kind, Supplier<String> detail) {
    scheduler.note(kind, detail);
  }

  /** A value that no other sample has; those of a batch follow one another. */
  double nextValue() {
    return ++samples;
  }

  static String id(int key) {
    return Plan.STREAM + "/k" + key;
  }

  /** A new life of a node, in the place of the one before. */
  Node start(int index, int[] places) {
    Node node = new Node(this, index, "n" + index + "." + ++lives, places);
    if (index < nodes.size()) {
      nodes.set(index, node);
    } else {
      nodes.add(node);
    }
    note("starts", node::name);
    return node;
  }

  /** Without a word. */
  void kill(Node node) {
    note("kill", node::name);
    node.life().ended = true;
    breakCalls(node);
  }

  void breakCalls(Node node) {
    streams.removeIf(
        stream -> {
          boolean to = stream.isTo(node);
          if (to) {
            stream.breaks(scheduler.random().nextBoolean());
          }
          return to;
        });
  }

  Stream opened(Stream stream) {
    streams.add(stream);
    return stream;
  }

  void partition(int a, int b, boolean cut) {
    int pair = a * plan.nodes() + b;
    if (cut && !healed) {
      partitions.add(pair);
    } else {
      partitions.remove(pair);
    }
  }

  void cutOff(int node, boolean cut) {
    if (cut && !healed) {
      cutOff.add(node);
    } else {
      cutOff.remove(node);
    }
  }

  boolean isCutOff(Life life) {
    return !cutOff.isEmpty()
        && nodes.stream().anyMatch(n -> n.life() == life && cutOff.contains(n.index()));
  }

  void troubled(boolean is) {
    troubled = is;
  }

  /** From now on nothing goes wrong any more. */
  void heal() {
    note("heals", () -> "all");
    healed = true;
    troubled = false;
    partitions.clear();
    cutOff.clear();
    nodes.forEach(node -> node.life().frozenUntil = 0);
  }

  boolean isHealed() {
    return healed;
  }

  double failedStatements() {
    return healed ? 0 : troubled ? 0.5 : plan.failedStatements();
  }

  double pausedStatements() {
    return healed ? 0 : plan.pausedStatements();
  }

  double brokenCalls() {
    return healed ? 0 : plan.brokenCalls();
  }

  /** How long a message takes. */
  long delay() {
    return !healed && scheduler.chance(plan.slowMessages())
        ? scheduler.random().nextLong(4 * SECOND)
        : scheduler.random().nextLong(2_000) * MICRO;
  }

  /** To the node of an index, as it lives now. */
  void send(Life from, int to, String what, Consumer<Node> step) {
    Node node = nodes.get(to);
    send(from, node, what, () -> step.accept(node));
  }

  /** Sometimes never, sometimes twice. */
  void send(Life from, Node to, String what, Runnable step) {
    boolean here = to.life() == from;
    if (!here && (isLost(from, to) || scheduler.chance(healed ? 0 : plan.lostMessages()))) {
      note("lost", () -> what + " on " + to.name());
      return;
    }
    scheduler.after(
        here ? scheduler.random().nextLong(200) * MICRO : delay(), to.life(), what, step);
    if (!here && !healed && scheduler.chance(plan.doubledMessages())) {
      scheduler.after(delay(), to.life(), what + " (twice)", step);
    }
  }

  private boolean isLost(Life from, Node to) {
    if (partitions.isEmpty()) {
      return false;
    }
    for (Node node : nodes) {
      if (node.life() == from) {
        return partitions.contains(node.index() * plan.nodes() + to.index());
      }
    }
    return false;
  }
}
