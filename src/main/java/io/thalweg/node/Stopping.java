package io.thalweg.node;

import io.thalweg.ingest.kafka.KafkaSources;
import io.thalweg.results.QueryService;
import io.thalweg.route.Router;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Cancellable;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a node stops. First the edge takes no more and answers what is in flight. Then the other
 * nodes no longer send here at once, the shards go to them, and what the keys did last is told to
 * watches there.
 */
final class Stopping {
  private static final Logger LOG = LoggerFactory.getLogger(Stopping.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(23);

  private Stopping() {}

  static void inOrder(
      ActorSystem<Void> system,
      GrpcServer server,
      KafkaSources kafka,
      Router router,
      QueryService query) {
    CoordinatedShutdown shutdown = CoordinatedShutdown.get(system);
    shutdown.addTask(
        CoordinatedShutdown.PhaseServiceUnbind(), "drain-grpc", () -> drain(system, server));
    shutdown.addTask(CoordinatedShutdown.PhaseServiceUnbind(), "drain-kafka", kafka::drain);
    shutdown.addTask(
        CoordinatedShutdown.PhaseBeforeClusterShutdown(), "leave-routes", () -> leave(router));
    shutdown.addTask(CoordinatedShutdown.PhaseClusterLeave(), "leave-watches", query::leave);
    keepRemotingUntilStopped(system, shutdown);
  }

  /**
   * When the JVM ends, remoting closes once the hooks that are registered here are done; with none,
   * at once, and the node would leave by vanishing.
   */
  private static void keepRemotingUntilStopped(
      ActorSystem<Void> system, CoordinatedShutdown shutdown) {
    Cancellable hook = shutdown.addCancellableJvmShutdownHook(() -> now(system));
    system.getWhenTerminated().thenRun(hook::cancel);
  }

  /** Stops, or waits for the stop that is under way; returns when all is closed. */
  static void now(ActorSystem<?> system) {
    system.terminate();
    try {
      system.getWhenTerminated().toCompletableFuture().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException failure) {
      LOG.warn("the node has not stopped within {}", TIMEOUT, failure);
    }
  }

  private static CompletionStage<Done> drain(ActorSystem<Void> system, GrpcServer server) {
    Readiness.of(system).setServing(false);
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            server.drain();
          } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
          }
          return Done.getInstance();
        });
  }

  private static CompletionStage<Done> leave(Router router) {
    router.leave();
    return CompletableFuture.completedFuture(Done.getInstance());
  }
}
