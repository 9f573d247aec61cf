package io.thalweg.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.key.WindowDetector;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import io.thalweg.faults.check.Checker;
import io.thalweg.faults.check.Findings;
import io.thalweg.faults.check.History;
import io.thalweg.faults.check.Samples;
import io.thalweg.v1.GetKeyRequest;
import io.thalweg.v1.KeyState;
import io.thalweg.v1.QueryServiceGrpc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A steady load on a cluster while faults happen to it, and the audit at the end. */
final class Scenario implements AutoCloseable {
  private static final int KEYS = 1_000;
  private static final Duration START_MAX = Duration.ofSeconds(60);

  /** What the cluster's configuration says of the stream. */
  static final StreamDefinition DEFINITION =
      new StreamDefinition(
          FaultCluster.STREAM,
          List.of(new NamedWindow("window", new WindowDefinition.SlidingCount(100))),
          Optional.of(new WindowDetector("window", new DetectorDefinition.ZScore(8, 30))),
          new TimeRules(0, 0, 0, TimeUnit.MINUTES.toNanos(1)),
          1024,
          Statistics.BASIC);

  private final String name;
  private final FaultCluster cluster;
  private final Samples samples;
  private final Path file;
  private final History history;
  private final Workload workload;

  private Scenario(String name, FaultCluster cluster) throws IOException {
    this.name = name;
    this.cluster = cluster;
    this.samples = new Samples(name, KEYS);
    this.file = Files.createTempFile("thalweg-history", ".txt");
    this.history = new History(file);
    this.workload = Workload.start(samples, cluster.nodes(), Workload.Load.HEAVY, history);
  }

  /** Starts the load and waits until every key has got something. */
  static Scenario start(String name, FaultCluster cluster)
      throws IOException, InterruptedException {
    Scenario scenario = new Scenario(name, cluster);
    scenario.workload.awaitFresh(System.nanoTime(), START_MAX);
    scenario.workload.beginSilence();
    return scenario;
  }

  Workload workload() {
    return workload;
  }

  List<String> keys() {
    return samples.keys();
  }

  /** Ends the load, audits and tells what was found. */
  void audit() throws Exception {
    workload.finish();
    Findings findings = new Findings();
    Function<String, @Nullable KeyState> states = states(cluster.node(0).channel());
    Checker.Seen seen;
    try (Connection connection = cluster.postgres().connect()) {
      Checker checker = new Checker(FaultCluster.STREAM, samples, history, findings);
      seen = checker.check(connection, states);
      assertThat(findings.examples()).isEmpty();
      assertThat(seen.unknownBatches()).isZero();
      Audit.of(
          samples, DEFINITION, connection, key -> Objects.requireNonNull(states.apply(key), key));
    }
    say(
        "%,d batches acknowledged, %,d samples in %,d events: lost 0, doubled 0; %,d samples sent again were known"
            .formatted(
                seen.acknowledgedBatches(), seen.samples(), seen.events(), workload.duplicates()));
  }

  /** What a node tells of a key; null: that it does not know it. */
  static Function<String, @Nullable KeyState> states(ManagedChannel channel) {
    return key -> {
      try {
        return QueryServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(20, TimeUnit.SECONDS)
            .getKey(GetKeyRequest.newBuilder().setStream(FaultCluster.STREAM).setKey(key).build());
      } catch (StatusRuntimeException e) {
        if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
          return null;
        }
        throw e;
      }
    };
  }

  void say(Object what) {
    System.out.println("faults: " + name + ": " + what);
  }

  @Override
  public void close() throws IOException {
    workload.close();
    history.close();
    Files.deleteIfExists(file);
  }
}
