package io.thalweg.node;

import io.thalweg.journal.JournalStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;

/**
 * Whether a node does what it is there for: its gRPC server takes calls and its journal takes
 * writes. That it is a member and its shards are known Pekko's own checks tell. Thread-safe.
 */
final class Readiness implements Extension {
  private static final Id ID = new Id();

  private volatile boolean serving;

  private Readiness() {}

  static Readiness of(ClassicActorSystemProvider system) {
    return ID.get(system);
  }

  /** Whether the node is asked to take calls. */
  void setServing(boolean isServing) {
    serving = isServing;
  }

  /** Made by Pekko Management, which node.conf names it to. */
  static final class Check implements Supplier<CompletionStage<Boolean>> {
    private final ActorSystem system;

    Check(ActorSystem system) {
      this.system = system;
    }

    @Override
    public CompletionStage<Boolean> get() {
      return CompletableFuture.completedFuture(
          Readiness.of(system).serving && JournalStore.get(system).isWritable());
    }
  }

  private static final class Id extends AbstractExtensionId<Readiness> {
    @Override
    public Readiness createExtension(ExtendedActorSystem system) {
      return new Readiness();
    }
  }
}
