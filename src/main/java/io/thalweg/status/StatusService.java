package io.thalweg.status;

import io.grpc.stub.StreamObserver;
import io.thalweg.rpc.Statuses;
import io.thalweg.v1.ClusterStatus;
import io.thalweg.v1.GetStatusRequest;
import io.thalweg.v1.MemberStatus;
import io.thalweg.v1.NodeReport;
import io.thalweg.v1.NodeStatus;
import io.thalweg.v1.StatusServiceGrpc;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.typed.Cluster;

/** Tells over gRPC how the cluster is doing: asks each node that can be reached. Thread-safe. */
public final class StatusService extends StatusServiceGrpc.StatusServiceImplBase {
  /** A node that takes longer is listed without its report. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final ActorSystem<?> system;

  public StatusService(ActorSystem<?> system) {
    this.system = system;
  }

  @Override
  public void getStatus(GetStatusRequest request, StreamObserver<ClusterStatus> response) {
    reporters()
        .thenCompose(this::reports)
        .thenApply(this::status)
        .whenComplete(
            (status, failure) -> {
              if (failure == null) {
                response.onNext(status);
                response.onCompleted();
              } else {
                response.onError(Statuses.of(failure));
              }
            });
  }

  private CompletionStage<Set<ActorRef<StatusReporter.Message>>> reporters() {
    CompletionStage<Receptionist.Listing> listing =
        AskPattern.ask(
            system.receptionist(),
            replyTo -> Receptionist.find(StatusReporter.KEY, replyTo),
            PATIENCE,
            system.scheduler());
    return listing.thenApply(found -> found.getServiceInstances(StatusReporter.KEY));
  }

  private CompletionStage<Map<Address, NodeReport>> reports(
      Set<ActorRef<StatusReporter.Message>> reporters) {
    Map<Address, CompletableFuture<Optional<NodeReport>>> asked = new HashMap<>();
    reporters.forEach(reporter -> asked.put(addressOf(reporter), ask(reporter)));
    return CompletableFuture.allOf(asked.values().toArray(CompletableFuture<?>[]::new))
        .thenApply(
            all -> {
              Map<Address, NodeReport> reports = new HashMap<>();
              asked.forEach((node, report) -> report.join().ifPresent(r -> reports.put(node, r)));
              return reports;
            });
  }

  private CompletableFuture<Optional<NodeReport>> ask(ActorRef<StatusReporter.Message> reporter) {
    CompletionStage<NodeReport> report =
        AskPattern.ask(reporter, StatusReporter.Message.Ask::new, PATIENCE, system.scheduler());
    return report
        .thenApply(Optional::of)
        .exceptionally(silent -> Optional.empty())
        .toCompletableFuture();
  }

  /** A reference within this node names no address. */
  private Address addressOf(ActorRef<?> ref) {
    Address address = ref.path().address();
    return address.hasGlobalScope() ? address : self();
  }

  private Address self() {
    return Cluster.get(system).selfMember().address();
  }

  private ClusterStatus status(Map<Address, NodeReport> reports) {
    ClusterEvent.CurrentClusterState state = Cluster.get(system).state();
    ClusterStatus.Builder status = ClusterStatus.newBuilder().setAnsweredBy(hostPort(self()));
    StreamSupport.stream(state.getMembers().spliterator(), false)
        .sorted(Comparator.comparing(Member::address, Address.addressOrdering()))
        .forEach(
            member ->
                status.addNodes(
                    node(
                        member,
                        !state.getUnreachable().contains(member),
                        Optional.ofNullable(reports.get(member.address())))));
    return status.build();
  }

  private static NodeStatus node(Member member, boolean reachable, Optional<NodeReport> report) {
    NodeStatus.Builder node =
        NodeStatus.newBuilder()
            .setAddress(hostPort(member.address()))
            .setMemberStatus(status(member))
            .setReachable(reachable)
            .setAppVersion(member.appVersion().version());
    report.ifPresent(node::setReport);
    return node.build();
  }

  private static String hostPort(Address address) {
    return address.getHost().orElse("") + ":" + address.getPort().orElse(0);
  }

  private static MemberStatus status(Member member) {
    return switch (member.status().toString()) {
      case "Joining" -> MemberStatus.MEMBER_STATUS_JOINING;
      case "WeaklyUp" -> MemberStatus.MEMBER_STATUS_WEAKLY_UP;
      case "Up" -> MemberStatus.MEMBER_STATUS_UP;
      case "Leaving" -> MemberStatus.MEMBER_STATUS_LEAVING;
      case "Exiting" -> MemberStatus.MEMBER_STATUS_EXITING;
      case "Down" -> MemberStatus.MEMBER_STATUS_DOWN;
      default -> MemberStatus.MEMBER_STATUS_UNSPECIFIED;
    };
  }
}
