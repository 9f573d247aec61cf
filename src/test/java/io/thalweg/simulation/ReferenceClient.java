package io.thalweg.simulation;

import static io.thalweg.simulation.Scheduler.MILLI;
import static io.thalweg.simulation.Scheduler.SECOND;

import io.grpc.Status;
import io.thalweg.client.ProducerSettings;
import io.thalweg.client.SimulatedProducer;
import io.thalweg.v1.IngestRequest;
import io.thalweg.v1.IngestResponse;
import io.thalweg.v1.Rejection;
import io.thalweg.v1.Series;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A process that sends batches by the reference client. When it is restarted it goes on under a new
 * id, or under the same one from the first batch on that was not acknowledged, unchanged.
 */
final class ReferenceClient {
  private final World world;
  private final int number;
  private final RandomGenerator random;
  private final List<List<Series>> batches = new ArrayList<>();

  /** The number of the batch that was acknowledged last, of this id. */
  private int acknowledged;

  /** How many of the batches were made under ids before. */
  private int before;

  private int ids;
  private int calls;
  private String id = "";
  private Life life = new Life("");
  private SimulatedProducer producer;

  ReferenceClient(World world, int number) {
    this.world = world;
    this.number = number;
    this.random = world.scheduler().random();
    this.producer = begin(true);
  }

  boolean isDone() {
    return before + acknowledged == world.plan().batches();
  }

  /** The process dies and comes back. */
  void restart() {
    boolean asNew = random.nextBoolean();
    world.note("restart", () -> id + (asNew ? " as another" : " as it was"));
    life.ended = true;
    producer.kill();
    if (asNew) {
      before += batches.size();
      batches.clear();
    }
    producer = begin(asNew);
  }

  private SimulatedProducer begin(boolean asNew) {
    if (asNew) {
      id = "p" + number + "-" + ++ids;
      acknowledged = 0;
      world.oracle().ordered(id);
    }
    life = new Life(id);
    int turn = random.nextInt(world.plan().nodes());
    Life mine = life;
    SimulatedProducer made =
        new SimulatedProducer(
            ProducerSettings.of(Plan.STREAM, id)
                .withFirstSequence(acknowledged + 1L)
                .withInFlight(world.plan().inFlight(), 1_000),
            world.plan().nodes(),
            (node, answers) -> open(mine, (node + turn) % world.plan().nodes(), answers),
            () -> world.scheduler().now(),
            (nanos, task) -> world.scheduler().after(nanos, mine, "goes on", task),
            random);
    sendSoon();
    return made;
  }

  private SimulatedProducer.Wire open(Life mine, int node, SimulatedProducer.Answers answers) {
    Stream stream = world.opened(new Stream(world, mine, world.nodes().get(node), answers));
    int call = ++calls;
    return new SimulatedProducer.Wire() {
      @Override
      public void requested(IngestRequest request) {
        stream.requested(
            request.toBuilder()
                .setProducerId(world.wiring().producer(request.getProducerId(), call))
                .build());
      }

      @Override
      public void cancelled() {
        stream.cancelled();
      }
    };
  }

  private void sendSoon() {
    long most = random.nextInt(5) == 0 ? 2 * SECOND : 50 * MILLI;
    world.scheduler().after(random.nextLong(most), life, "sends", this::send);
  }

  private void send() {
    int next = (int) producer.nextSequence();
    if (next > world.plan().batches() - before) {
      return;
    }
    if (next > batches.size()) {
      batches.add(make(next));
    }
    List<Series> batch = batches.get(next - 1);
    producer
        .trySend(batch)
        .ifPresent(
            answer ->
                answer.whenComplete(
                    (response, failure) -> {
                      if (failure == null) {
                        acknowledged(next, batch, response);
                      } else if (!isKilled(failure)) {
                        world.oracle().check(false, Invariant.HEALS, "%s", failure);
                      }
                    }));
    sendSoon();
  }

  private static boolean isKilled(Throwable failure) {
    return Status.fromThrowable(failure).getCode() == Status.Code.CANCELLED
        || String.valueOf(failure.getMessage()).contains("killed");
  }

  private List<Series> make(int sequence) {
    List<Series> all = new ArrayList<>();
    for (int key = 0; key < world.plan().keys(); key++) {
      if (random.nextInt(3) > 0 || (all.isEmpty() && key == world.plan().keys() - 1)) {
        all.add(series(world, "k" + key));
      }
    }
    IngestRequest request =
        IngestRequest.newBuilder().setProducerId(id).setSequence(sequence).build();
    for (Series series : all) {
      world.oracle().made(Plan.STREAM + '/' + series.getKey(), Call.batch(request, series));
    }
    return List.copyOf(all);
  }

  static Series series(World world, String key) {
    RandomGenerator random = world.scheduler().random();
    Series.Builder series = Series.newBuilder().setKey(key);
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      series
          .addTimeUnixNano(
              World.START_NANOS + world.scheduler().now() - random.nextLong(4 * SECOND))
          .addValues(world.nextValue());
    }
    return series.build();
  }

  private void acknowledged(int sequence, List<Series> batch, IngestResponse response) {
    acknowledged = Math.max(acknowledged, sequence);
    acknowledge(world, batch, response);
  }

  /** All but the refused ones, and those are named. */
  static void acknowledge(World world, List<Series> batch, IngestResponse response) {
    Set<Integer> refused = new HashSet<>();
    for (Rejection rejection : response.getRejectionsList()) {
      refused.add(rejection.getSeriesIndex());
    }
    long samples = 0;
    for (int i = 0; i < batch.size(); i++) {
      if (!refused.contains(i)) {
        samples += batch.get(i).getValuesCount();
        world.oracle().acknowledged(batch.get(i).getValues(0));
      }
    }
    world
        .oracle()
        .check(
            samples == response.getRecorded() + response.getDuplicate(),
            Invariant.ACKNOWLEDGED_IS_STORED,
            "%d samples were sent, %s was answered",
            samples,
            response);
  }
}
