package io.thalweg.cli.bench;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What restarts have shown.
 *
 * @param findings of the keys after each restart, together
 */
public record Restarts(List<Restart> all, Findings findings) {
  public Restarts {
    all = List.copyOf(all);
  }

  /**
   * One restart, in seconds since its process was started.
   *
   * @param listening gRPC listens
   * @param firstAck a sample was acknowledged
   * @param allKeys every key has answered
   */
  record Restart(double listening, double firstAck, double allKeys) {}

  /** Of each of the three by itself. */
  Restart median() {
    return new Restart(
        median(Restart::listening), median(Restart::firstAck), median(Restart::allKeys));
  }

  /** Whether every key told what it must. */
  public boolean isRight() {
    return findings.isClean();
  }

  private double median(ToDoubleFunction<Restart> of) {
    double[] sorted = all.stream().mapToDouble(of).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
