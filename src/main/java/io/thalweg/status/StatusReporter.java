package io.thalweg.status;

import io.thalweg.journal.StoreStatus;
import io.thalweg.route.RouteCounters;
import io.thalweg.v1.JournalReport;
import io.thalweg.v1.KeysReport;
import io.thalweg.v1.NodeReport;
import io.thalweg.v1.RouteReport;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.actor.typed.receptionist.ServiceKey;
import org.jspecify.annotations.Nullable;

/**
 * Tells how its node is doing, to whichever node asks. It reads the totals once a second, to know
 * how fast they grow; nothing else costs anything before somebody asks.
 */
public final class StatusReporter extends AbstractBehavior<StatusReporter.Message> {

  /** What the reporter is told. */
  sealed interface Message {

    /** Tell how your node is doing. May come from another node. */
    record Ask(ActorRef<NodeReport> replyTo) implements Message {}

    /**
     * What sharding says, which was asked on behalf of somebody.
     *
     * @param keys in memory, by shard; null: it has not answered in time
     */
    record Sharded(@Nullable Map<String, Object> keys, ActorRef<NodeReport> replyTo)
        implements Message {}

    /** Time to read the totals. */
    enum Tick implements Message {
      INSTANCE
    }
  }

  /** All reporters, by which nodes find those of the others. */
  static final ServiceKey<Message> KEY = ServiceKey.create(Message.class, "thalweg-status");

  private static final Duration TICK = Duration.ofSeconds(1);

  private final StatusSources sources;
  private final long startNanos;
  private final RecentRate samples = new RecentRate();
  private final RecentRate events = new RecentRate();
  private final KafkaReports kafka;

  /** Starts the reporter of a node. */
  public static void start(ActorSystem<?> system, StatusSources sources) {
    system.systemActorOf(create(sources), "status-reporter", Props.empty());
  }

  static Behavior<Message> create(StatusSources sources) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> {
                  timers.startTimerWithFixedDelay(Message.Tick.INSTANCE, TICK);
                  context
                      .getSystem()
                      .receptionist()
                      .tell(Receptionist.register(KEY, context.getSelf()));
                  return new StatusReporter(context, sources);
                }));
  }

  private StatusReporter(ActorContext<Message> context, StatusSources sources) {
    super(context);
    this.sources = sources;
    this.kafka = new KafkaReports(sources.kafkaSources());
    this.startNanos = sources.nanoTime().getAsLong();
    readTotals();
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Message.Ask.class, this::onAsk)
        .onMessage(Message.Sharded.class, this::onSharded)
        .onMessage(Message.Tick.class, tick -> onTick())
        .build();
  }

  private Behavior<Message> onAsk(Message.Ask ask) {
    getContext()
        .pipeToSelf(
            sources.shards().get(),
            (stats, failure) ->
                new Message.Sharded(stats == null ? null : stats.getStats(), ask.replyTo()));
    return this;
  }

  private Behavior<Message> onSharded(Message.Sharded sharded) {
    long now = sources.nanoTime().getAsLong();
    sharded
        .replyTo()
        .tell(
            NodeReport.newBuilder()
                .setGrpcAddress(sources.grpcAddress())
                .setUptimeMillis(TimeUnit.NANOSECONDS.toMillis(now - startNanos))
                .setKeys(keys(sharded.keys()))
                .setRoute(route(now))
                .setJournal(journal(now))
                .addAllKafkaSources(kafka.reports(now))
                .build());
    return this;
  }

  private Behavior<Message> onTick() {
    readTotals();
    return this;
  }

  private void readTotals() {
    long now = sources.nanoTime().getAsLong();
    samples.read(now, sources.route().samples());
    events.read(now, sources.journal().get().events());
    kafka.read(now);
  }

  private KeysReport keys(@Nullable Map<String, Object> ofShards) {
    KeysReport.Builder report = KeysReport.newBuilder().setAnomalies(sources.keys().anomalies());
    if (ofShards != null) {
      report
          .setShards(ofShards.size())
          .setActive(ofShards.values().stream().mapToLong(n -> ((Number) n).longValue()).sum());
    }
    return report.build();
  }

  private RouteReport route(long nowNanos) {
    RouteCounters route = sources.route();
    RouteCounters.Load load = route.load();
    return RouteReport.newBuilder()
        .setSamples(route.samples())
        .setDuplicates(route.duplicates())
        .setLate(route.late())
        .setSamplesPerSecond(samples.perSecond(nowNanos, route.samples()))
        .setSamplesInFlight(load.samplesInFlight())
        .setDeliveriesUnderWay(load.deliveries())
        .setOldestDeliveryMillis(TimeUnit.NANOSECONDS.toMillis(load.oldestNanos()))
        .build();
  }

  private JournalReport journal(long nowNanos) {
    StoreStatus store = sources.journal().get();
    JournalReport.Builder report =
        JournalReport.newBuilder()
            .setStore(store.store())
            .setWritable(store.writable())
            .setEvents(store.events())
            .setEventsPerSecond(events.perSecond(nowNanos, store.events()))
            .setFencedEvents(store.fencedEvents())
            .setWritesWaiting(store.writesWaiting());
    if (store.flushNanosP99() > 0) {
      report
          .setFlushP50Micros(TimeUnit.NANOSECONDS.toMicros(store.flushNanosMedian()))
          .setFlushP99Micros(TimeUnit.NANOSECONDS.toMicros(store.flushNanosP99()));
    }
    return report.build();
  }
}
