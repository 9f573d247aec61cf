package io.thalweg.simulation;

import static io.thalweg.simulation.Scheduler.SECOND;

import io.grpc.Status;
import io.thalweg.client.SimulatedProducer;
import io.thalweg.v1.IngestRequest;
import io.thalweg.v1.IngestResponse;
import io.thalweg.v1.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A process that sends numbered batches in any order, some several times, over any node, each in a
 * call of its own, and some without a producer's name. It sends each until it is answered.
 */
final class WildClient {
  private static final long PATIENCE = 3 * SECOND;

  private final World world;
  private final Life life;
  private final RandomGenerator random;
  private int open;

  WildClient(World world, int number) {
    this.world = world;
    this.life = new Life("wild-" + number);
    this.random = world.scheduler().random();
    long sequence = random.nextInt(1, 300);
    for (int i = 0; i < world.plan().batches(); i++) {
      sequence += random.nextInt(6) == 0 ? random.nextInt(1, 400) : 1;
      begin(sequence);
    }
  }

  boolean isDone() {
    return open == 0;
  }

  private void begin(long sequence) {
    boolean named = random.nextInt(8) > 0;
    IngestRequest.Builder request = IngestRequest.newBuilder();
    request.setProducerId(named ? life.name : "").setSequence(named ? sequence : 0);
    List<Series> all = new ArrayList<>();
    for (int i = random.nextInt(2); i >= 0; i--) {
      all.add(ReferenceClient.series(world, "k" + (i % world.plan().keys())));
    }
    if (all.size() == 2 && all.get(0).getKey().equals(all.get(1).getKey())) {
      all.removeLast(); // a second series of one key would be the same batch of it
    }
    IngestRequest whole = request.addAllSeries(all).build();
    for (Series series : all) {
      world.oracle().made(Plan.STREAM + '/' + series.getKey(), Call.batch(whole, series));
    }
    open++;
    boolean[] answered = {false};
    for (int i = random.nextInt(named ? 3 : 1); i >= 0; i--) {
      world
          .scheduler()
          .after(
              random.nextLong(world.plan().faultyNanos()),
              life,
              "sends",
              () -> send(whole, answered));
    }
  }

  private void send(IngestRequest request, boolean[] answered) {
    Node node = world.nodes().get(random.nextInt(world.plan().nodes()));
    SimulatedProducer.Answers answers =
        new SimulatedProducer.Answers() {
          @Override
          public void answered(IngestResponse response) {
            ReferenceClient.acknowledge(world, request.getSeriesList(), response);
            if (!answered[0]) {
              answered[0] = true;
              open--;
            }
          }

          @Override
          public void ended(Status status) {}
        };
    world.opened(new Stream(world, life, node, answers)).requested(request);
    world
        .scheduler()
        .after(
            PATIENCE + random.nextLong(10 * SECOND),
            life,
            "sends again",
            () -> {
              if (!answered[0]) {
                send(request, answered);
              }
            });
  }
}
