package io.thalweg.domain.key;

import io.thalweg.domain.detect.Anomaly;
import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.window.Window;

/** What an event caused. */
public sealed interface Outcome {

  /**
   * The watermark passed a window's end, or the key idled; with a revision from 1 on: a late sample
   * changed a window that had been told of as closed. A session that swallowed others carries on
   * with their revisions, whatever its start.
   */
  record WindowClosed(Window window) implements Outcome {}

  /** A window was told of before it closed, as its stream asks for. */
  record WindowUpdated(Window window) implements Outcome {}

  /** A sample was out of the ordinary. */
  record AnomalyRaised(Anomaly anomaly) implements Outcome {}

  /**
   * A sample came too late for at least one of its stream's windows: after all that it belongs to
   * had closed and the allowed lateness was over. It counts in the total and in the others.
   */
  record LateSample(Sample sample) implements Outcome {}
}
