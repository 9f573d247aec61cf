package io.thalweg.domain.key;

import io.thalweg.domain.detect.Anomaly;
import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.window.Window;

/** What a batch caused. */
public sealed interface Outcome {

  /** The watermark passed a window's end. */
  record WindowClosed(Window window) implements Outcome {}

  /** A sample was out of the ordinary. */
  record AnomalyRaised(Anomaly anomaly) implements Outcome {}

  /**
   * A sample came after all windows that it belongs to had closed; it counts in the total alone.
   */
  record LateSample(Sample sample) implements Outcome {}
}
