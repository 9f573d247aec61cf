package io.thalweg.domain.key;

import io.thalweg.domain.detect.Anomaly;
import io.thalweg.domain.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds which alerts of an event are the same: those that the same sample raised. */
final class AlertChanges {
  private final List<KeyBatch> batches;

  private AlertChanges(List<KeyBatch> batches) {
    this.batches = batches;
  }

  /**
   * In the order of the samples. Of samples that are alike, the first ones are taken to have raised
   * their alerts.
   *
   * @param batches what the event holds
   * @param before what it caused
   * @param after what it causes now
   */
  static List<AlertChange> of(List<KeyBatch> batches, List<Outcome> before, List<Outcome> after) {
    List<Anomaly> raised = anomalies(before);
    List<Anomaly> raisedNow = anomalies(after);
    return raised.isEmpty() && raisedNow.isEmpty()
        ? List.of()
        : new AlertChanges(batches).merge(raised, raisedNow);
  }

  private List<AlertChange> merge(List<Anomaly> before, List<Anomaly> after) {
    int[] then = positions(before);
    int[] now = positions(after);
    List<AlertChange> changes = new ArrayList<>();
    int b = 0;
    int a = 0;
    while (b < then.length || a < now.length) {
      boolean was = b < then.length && (a == now.length || then[b] <= now[a]);
      boolean is = a < now.length && (b == then.length || now[a] <= then[b]);
      changes.add(
          new AlertChange(
              was ? Optional.of(before.get(b++)) : Optional.empty(),
              is ? Optional.of(after.get(a++)) : Optional.empty()));
    }
    return changes;
  }

  /** The place of each anomaly's sample among the event's; anomalies come in that order. */
  private int[] positions(List<Anomaly> anomalies) {
    int[] positions = new int[anomalies.size()];
    int found = 0;
    int position = 0;
    for (KeyBatch batch : batches) {
      for (int i = 0; i < batch.size() && found < positions.length; i++) {
        if (is(anomalies.get(found).sample(), batch, i)) {
          positions[found++] = position;
        }
        position++;
      }
    }
    if (found < positions.length) {
      throw new IllegalArgumentException(
          "no sample of the event raised the anomaly " + anomalies.get(found));
    }
    return positions;
  }

  private static boolean is(Sample sample, KeyBatch batch, int i) {
    return sample.timeNanos() == batch.timesNanos()[i] && sample.value() == batch.values()[i];
  }

  private static List<Anomaly> anomalies(List<Outcome> outcomes) {
    return outcomes.stream()
        .filter(Outcome.AnomalyRaised.class::isInstance)
        .map(outcome -> ((Outcome.AnomalyRaised) outcome).anomaly())
        .toList();
  }
}
