package io.thalweg.faults;

import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.TimeRules;
import io.thalweg.domain.key.WindowDetector;
import io.thalweg.domain.stats.Statistics;
import io.thalweg.domain.window.NamedWindow;
import io.thalweg.domain.window.WindowDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A steady load on a cluster while faults happen to it, and the audit at the end. */
final class Scenario implements AutoCloseable {
  private static final Duration START_MAX = Duration.ofSeconds(60);

  /** What the cluster's configuration says of the stream. */
  private static final StreamDefinition DEFINITION =
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
  private final Workload workload;

  private Scenario(String name, FaultCluster cluster) {
    this.name = name;
    this.cluster = cluster;
    this.samples = new Samples(name);
    this.workload = Workload.start(samples, cluster.nodes());
  }

  /** Starts the load and waits until every key has got something. */
  static Scenario start(String name, FaultCluster cluster) throws InterruptedException {
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
  Audit.Result audit() throws Exception {
    Map<String, Long> last = workload.finish();
    Audit.Result result = Audit.of(samples, last, DEFINITION, cluster.postgres(), cluster.node(0));
    say(
        "%,d samples acknowledged in %,d events: lost 0, doubled 0; epochs up to %d; %,d sent again were known"
            .formatted(
                result.samples(), result.events(), result.epochsMax(), workload.duplicates()));
    return result;
  }

  void say(Object what) {
    System.out.println("faults: " + name + ": " + what);
  }

  @Override
  public void close() {
    workload.close();
  }
}
