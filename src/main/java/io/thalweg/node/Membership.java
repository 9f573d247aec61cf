package io.thalweg.node;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Join;
import org.apache.pekko.cluster.typed.JoinSeedNodes;
import org.apache.pekko.management.cluster.bootstrap.ClusterBootstrap;

/** A node's way into the cluster, and why it left it. */
final class Membership {
  private final ActorSystem<?> system;
  private final ClusterSettings settings;

  Membership(ActorSystem<?> system, ClusterSettings settings) {
    this.system = system;
    this.settings = settings;
  }

  /** Refuses a name of this node that nobody could reach. */
  static void requireResolvable(ClusterSettings settings) throws NodeStartException {
    if (settings.isClustered()) {
      try {
        var unused = InetAddress.getByName(settings.host());
      } catch (UnknownHostException unknown) {
        throw new NodeStartException(
            "thalweg.cluster.host has no address: " + settings.host(), unknown);
      }
    }
  }

  /** Asks to be let in. With DNS and Kubernetes the management port must be open by then. */
  void join() throws NodeStartException {
    Cluster cluster = Cluster.get(system);
    switch (settings.discovery()) {
      case NONE -> cluster.manager().tell(Join.create(cluster.selfMember().address()));
      case SEEDS -> cluster.manager().tell(new JoinSeedNodes(seedNodes()));
      case DNS, KUBERNETES -> startBootstrap();
    }
  }

  private void startBootstrap() throws NodeStartException {
    try {
      ClusterBootstrap.get(system.classicSystem()).start();
    } catch (Exception failure) { // Scala does not declare what it throws
      throw new NodeStartException(
          "thalweg.cluster.discovery = %s can't be used here: %s"
              .formatted(settings.discovery().name().toLowerCase(Locale.ROOT), failure),
          failure);
    }
  }

  private List<Address> seedNodes() {
    return settings.seedNodes().stream()
        .map(node -> new Address("pekko", system.name(), node.host(), node.port()))
        .toList();
  }

  /** Waits until it is a member. */
  void await() throws NodeStartException {
    CompletableFuture<Boolean> up = new CompletableFuture<>();
    org.apache.pekko.cluster.Cluster.get(system.classicSystem())
        .registerOnMemberUp(() -> up.complete(true));
    system.getWhenTerminated().thenAccept(done -> up.complete(false));
    try {
      if (!up.get(settings.joinTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
        throw new NodeStartException(whyStopped().orElse("the node has stopped while joining"));
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new NodeStartException("interrupted while joining the cluster", interrupted);
    } catch (ExecutionException | TimeoutException failure) {
      throw new NodeStartException(
          "this node has not become a member of the cluster within %d s: %s"
              .formatted(settings.joinTimeout().toSeconds(), whomItAsked()),
          failure);
    }
  }

  private String whomItAsked() {
    return switch (settings.discovery()) {
      case NONE -> "it is alone";
      case SEEDS ->
          "it asked "
              + settings.seedNodes()
              + ", of which the first one must run to form a new one";
      case DNS ->
          "it looked for %d nodes by DNS under %s"
              .formatted(settings.nodesMin(), settings.service());
      case KUBERNETES ->
          "it looked for %d pods with the label app=%s"
              .formatted(settings.nodesMin(), settings.service());
    };
  }

  /**
   * Why the node stops though nobody asked it to; empty where it was asked to, or does not stop.
   */
  Optional<String> whyStopped() {
    return CoordinatedShutdown.get(system)
        .getShutdownReason()
        .flatMap(
            reason ->
                switch (reason) {
                  case CoordinatedShutdown.ClusterDowningReason$ downed ->
                      Optional.of(
                          "the cluster has removed this node, which it could not reach; started"
                              + " again it may join anew");
                  case CoordinatedShutdown.IncompatibleConfigurationDetectedReason$ different ->
                      Optional.of(
                          "the cluster has not let this node in: its settings differ from the"
                              + " others', as its log says (thalweg.cluster.shards must not)");
                  case CoordinatedShutdown.ClusterJoinUnsuccessfulReason$ failed ->
                      Optional.of("the cluster has not let this node in: " + whomItAsked());
                  default -> Optional.empty();
                });
  }
}
