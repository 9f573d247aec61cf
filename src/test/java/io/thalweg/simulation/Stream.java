package io.thalweg.simulation;

import static io.thalweg.simulation.Scheduler.MICRO;

import io.grpc.Status;
import io.thalweg.client.SimulatedProducer;
import io.thalweg.v1.IngestRequest;
import io.thalweg.v1.IngestResponse;

/**
 * What carries a call: requests and answers keep their order, until it breaks. Then what is under
 * way is lost, and the client hears of it, or does not.
 */
final class Stream implements SimulatedProducer.Wire {
  private final World world;
  private final Life client;
  private final Node node;
  private final Call call;
  private final SimulatedProducer.Answers answers;
  private long requestsAt;
  private long answersAt;
  private boolean broken;

  Stream(World world, Life client, Node node, SimulatedProducer.Answers answers) {
    this.world = world;
    this.client = client;
    this.node = node;
    this.answers = answers;
    this.call = new Call(node, this);
    if (node.life().ended) {
      breaks(true);
    }
  }

  @Override
  public void requested(IngestRequest request) {
    mayBreak();
    requestsAt = Math.max(requestsAt + 1, world.scheduler().now() + world.delay());
    world
        .scheduler()
        .after(
            requestsAt - world.scheduler().now(),
            node.life(),
            "takes a request",
            () -> {
              if (!broken) {
                world.note("request", () -> request.getProducerId() + " #" + request.getSequence());
                call.requested(request);
              }
            });
  }

  @Override
  public void cancelled() {
    broken = true;
  }

  void answers(IngestResponse response) {
    mayBreak();
    world.note("answer", () -> node.name() + " #" + response.getSequence() + rejected(response));
    toClient("hears an answer", () -> answers.answered(response));
  }

  private static String rejected(IngestResponse response) {
    return response.getRejectionsCount() == 0
        ? ""
        : " " + response.getRejectionsList().getFirst().getCode();
  }

  void ends(Status status) {
    toClient(
        "hears the end of its call",
        () -> {
          broken = true;
          answers.ended(status);
        });
  }

  private void toClient(String what, Runnable step) {
    answersAt = Math.max(answersAt + 1, world.scheduler().now() + world.delay());
    world
        .scheduler()
        .after(
            answersAt - world.scheduler().now(),
            client,
            what,
            () -> {
              if (!broken) {
                step.run();
              }
            });
  }

  private void mayBreak() {
    if (!broken && world.scheduler().chance(world.brokenCalls())) {
      breaks(world.scheduler().random().nextBoolean());
    }
  }

  /** The node has ended, or the way to it is cut. */
  void breaks(boolean heard) {
    if (!broken) {
      broken = true;
      world.note("broken", () -> client.name + "'s call to " + node.name());
      if (heard) {
        world
            .scheduler()
            .after(
                world.scheduler().random().nextLong(5_000) * MICRO,
                client,
                "hears that its call is lost",
                () -> answers.ended(Status.UNAVAILABLE.withDescription("connection lost")));
      }
    }
  }

  boolean isTo(Node other) {
    return node == other;
  }
}
