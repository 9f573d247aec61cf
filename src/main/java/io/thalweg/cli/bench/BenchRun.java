package io.thalweg.cli.bench;

import io.grpc.Status;
import io.thalweg.client.Endpoint;
import io.thalweg.client.RetryPolicy;
import io.thalweg.client.ThalwegClient;
import io.thalweg.client.ThalwegException;
import io.thalweg.v1.StreamDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** One run: warms up, measures, waits for what is under way, and checks all results. */
public final class BenchRun implements AutoCloseable {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** For all producers to begin together. */
  private static final Duration LEAD = Duration.ofMillis(100);

  private final Plan plan;
  private final Target target;
  private final Consumer<String> progress;
  private final List<ThalwegClient> clients;
  private final Ticker ticker = Ticker.SYSTEM;
  private final Traffic traffic = new Traffic();

  /**
   * @param progress takes a line a second, on the thread that calls {@link #run}
   */
  public BenchRun(Plan plan, Target target, RetryPolicy retries, Consumer<String> progress) {
    this.plan = plan;
    this.target = target;
    this.progress = progress;
    this.clients =
        IntStream.range(0, plan.connections())
            .mapToObj(this::endpointsFrom)
            .map(list -> ThalwegClient.builder().endpoints(list).retries(retries).build())
            .toList();
  }

  /**
   * What the server has not that the run needs, and how to define it; empty: it has all.
   *
   * @throws ThalwegException if the server can't be reached
   */
  public Optional<String> missing() {
    Workload workload = plan.workload();
    String what = "the server has no stream " + workload.stream();
    try {
      StreamDefinition stream = clients.getFirst().queries().getStream(workload.stream());
      Optional<String> difference = workload.difference(stream);
      if (difference.isEmpty()) {
        return Optional.empty();
      }
      what = "the server's stream " + workload.stream() + " is another: " + difference.get();
    } catch (ThalwegException e) {
      if (e.code() != Status.Code.NOT_FOUND) {
        throw e;
      }
    }
    return Optional.of(
        what + "; its configuration needs\n\nthalweg.streams {\n" + workload.definition() + "}");
  }

  /**
   * Runs, once.
   *
   * @throws ThalwegException if the server refuses a batch or can't be reached for too long
   */
  public Measured run() throws InterruptedException {
    KeyNames names = new KeyNames(target.prefix() + "key-", plan.allKeys());
    long[] made = new long[plan.allKeys()];
    List<Plan.Lane> lanes = plan.lanes();
    OptionalLong heap = liveBytes();
    long start = ticker.nanoTime() + LEAD.toNanos();
    long measureFrom = start + plan.warmUpSeconds() * SECOND;
    Interval measured = new Interval(measureFrom, measureFrom + plan.seconds() * SECOND);
    Latencies others = new Latencies(measured);
    Latencies hot = new Latencies(measured);
    Snapshot.Usage usage;
    OptionalDouble resident;
    try (Load load = load(lanes, names, made, start, others, hot)) {
      load.start();
      usage = watch(start, new Meter(ticker, traffic, others, hot));
      resident = resident();
      load.finish();
    }
    return new Measured(
        usage,
        others.takeMeasured(),
        plan.hotKey().isPresent() ? Optional.of(hot.takeMeasured()) : Optional.empty(),
        resident,
        traffic.refused(),
        traffic.resent(),
        liveHeap(heap),
        check(names, made));
  }

  /** Ends at once what is still open. */
  @Override
  public void close() {
    clients.forEach(ThalwegClient::close);
  }

  private Load load(
      List<Plan.Lane> lanes,
      KeyNames names,
      long[] made,
      long start,
      Latencies others,
      Latencies hot) {
    Load load = new Load(ticker);
    for (int i = 0; i < lanes.size(); i++) {
      Plan.Lane lane = lanes.get(i);
      load.add(
          clients.get(i % clients.size()),
          plan.workload().stream(),
          target.prefix() + "bench-" + i,
          lane.maker(plan.workload(), names, made),
          plan.pace(lane, ticker, start, (double) i / lanes.size()),
          plan.batchesInFlight(lane),
          traffic,
          lane.hot() ? hot : others);
    }
    return load;
  }

  /** Tells of each second, and returns what was used in the measured ones. */
  private Snapshot.Usage watch(long start, Meter meter) throws InterruptedException {
    Snapshot from = snapshotAt(start + plan.warmUpSeconds() * SECOND, start, meter);
    Snapshot to =
        snapshotAt(start + (plan.warmUpSeconds() + plan.seconds()) * SECOND, start, meter);
    return to.since(from);
  }

  private Snapshot snapshotAt(long nanoTime, long start, Meter meter) throws InterruptedException {
    for (long left = nanoTime - ticker.nanoTime(); left > 0; left = nanoTime - ticker.nanoTime()) {
      long second = Math.max(1, Math.floorDiv(ticker.nanoTime() - start, SECOND) + 1);
      TimeUnit.NANOSECONDS.sleep(Math.min(left, start + second * SECOND - ticker.nanoTime()));
      traffic.throwFailure();
      if (ticker.nanoTime() - (start + second * SECOND) >= 0) {
        progress.accept(meter.line(second, second <= plan.warmUpSeconds()));
      }
    }
    return Snapshot.take(ticker, traffic, target);
  }

  /** A client goes to the first; so each begins at another one, lest all go to one node. */
  private List<Endpoint> endpointsFrom(int first) {
    List<Endpoint> all = new ArrayList<>(Endpoint.parseList(target.endpoints()));
    Collections.rotate(all, -first);
    return all;
  }

  /** Of all nodes together. */
  private OptionalDouble resident() {
    double sum = 0;
    for (long pid : target.serverPids()) {
      sum += new CpuMeter(pid, false).residentMegabytes().orElse(Double.NaN);
    }
    return target.serverPids().isEmpty() || Double.isNaN(sum)
        ? OptionalDouble.empty()
        : OptionalDouble.of(sum);
  }

  private OptionalLong liveBytes() throws InterruptedException {
    return plan.liveHeap() ? LiveHeap.bytesOf(target.serverPids()) : OptionalLong.empty();
  }

  /** Before the results are asked for, which brings keys back that have left memory. */
  private Optional<LiveHeap> liveHeap(OptionalLong before) throws InterruptedException {
    OptionalLong after = liveBytes();
    return before.isPresent() && after.isPresent()
        ? Optional.of(new LiveHeap(before.getAsLong(), after.getAsLong(), activeKeys()))
        : Optional.empty();
  }

  private long activeKeys() {
    return clients.getFirst().queries().getStatus().getNodesList().stream()
        .mapToLong(node -> node.getReport().getKeys().getActive())
        .sum();
  }

  private Findings check(KeyNames names, long[] made) throws InterruptedException {
    progress.accept("checking the results of %,d keys".formatted(plan.allKeys()));
    Results results = new Results.Served(clients.getFirst().queries(), plan.workload().stream());
    return new ResultCheck(
            plan.workload(), names, made, results, plan.windowsMax(), ResultCheck.FEW)
        .run();
  }
}
