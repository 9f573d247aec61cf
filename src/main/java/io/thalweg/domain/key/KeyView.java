package io.thalweg.domain.key;

import io.thalweg.domain.detect.Anomaly;
import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.Summary;
import io.thalweg.domain.window.Window;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is told of a key: of its state where that is, and of what another node told of it. Anyone
 * may read it.
 */
public sealed interface KeyView permits KeyState, KeyReport {

  /** How many events were folded in. */
  long version();

  /** The largest event time minus the allowed disorder; empty before the first sample. */
  OptionalLong watermarkNanos();

  /** Of all samples ever counted. */
  Summary total();

  /**
   * Of each of the stream's windows, in the definition's order: the last closed one and the open
   * ones that hold samples, oldest first.
   */
  List<Window> windows();

  /** How many samples were too late for their windows. */
  long late();

  /** The sample that was counted last. */
  Optional<Sample> last();

  /** How many anomalies were raised. */
  long anomalies();

  /** The one that was raised last; empty also where that was before it was remembered. */
  Optional<Anomaly> lastAnomaly();
}
