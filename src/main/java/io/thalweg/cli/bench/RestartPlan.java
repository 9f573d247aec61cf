package io.thalweg.cli.bench;

/**
 * A node that crashes again and again.
 *
 * @param keys that it must know again
 * @param events of each key behind its newest snapshot
 * @param restarts how often
 */
public record RestartPlan(int keys, int events, int restarts) {
  /** So many are in memory at once, whatever else is set. */
  private static final int KEYS_MAX = 50_000;

  private static final int EVENTS_MAX = 10_000;
  private static final int RESTARTS_MAX = 1_000;
  private static final int WINDOW = 100;

  /** What is wrong is said by the name of the option that sets it. */
  public RestartPlan {
    Plan.requireWithin("--keys", keys, 1, KEYS_MAX);
    Plan.requireWithin("--events", events, 1, EVENTS_MAX);
    Plan.requireWithin("--restarts", restarts, 1, RESTARTS_MAX);
  }

  Workload workload() {
    return new CountWorkload(WINDOW);
  }

  /** One more than the keys that are asked: the last one is sent a sample after each restart. */
  int allKeys() {
    return keys + 1;
  }

  /** A snapshot is taken by the first so many events, and the next one after as many again. */
  int snapshotEvery() {
    return events + 1;
  }

  /** Of each key when the node crashes: the snapshot's, and those behind it. */
  int eventsPerKey() {
    return snapshotEvery() + events;
  }

  /** What the node must be told: HOCON. */
  public String settings() {
    return """
        thalweg.entity.snapshot-every-events = %d
        thalweg.entity.active-max = %d
        thalweg.grpc.calls-per-connection-max = %d
        """
        .formatted(snapshotEvery(), 2 * allKeys(), allKeys() + 100);
  }
}
