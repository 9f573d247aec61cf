package io.thalweg.node;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.Uri;
import org.apache.pekko.management.javadsl.PekkoManagement;

/** The HTTP port for probes and members: GET /alive, /ready and /cluster/members. */
final class Management {
  private static final long BIND_SECONDS_MAX = 10;

  private Management() {}

  /** Listens, where it is to, and gives where. */
  static Optional<HostAndPort> start(ActorSystem<?> system, ManagementSettings settings)
      throws NodeStartException {
    if (!settings.enabled()) {
      return Optional.empty();
    }
    try {
      Uri uri =
          PekkoManagement.get(system)
              .start()
              .toCompletableFuture()
              .get(BIND_SECONDS_MAX, TimeUnit.SECONDS);
      return Optional.of(new HostAndPort(settings.host(), uri.port()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new NodeStartException("interrupted while starting", interrupted);
    } catch (ExecutionException | TimeoutException failure) {
      throw new NodeStartException(
          "can't listen on %s:%d for management (thalweg.management.port): %s"
              .formatted(settings.host(), settings.port(), RootMessage.of(failure)),
          failure);
    }
  }
}
