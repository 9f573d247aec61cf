package io.thalweg.domain.window;

import io.thalweg.domain.sample.Sample;
import java.util.List;

/** What an algorithm must agree with: keeps every sample and computes everything anew. */
interface NaiveWindows {

  /** A window as it must be told of. */
  record Told(long start, long end, boolean closed, int revision, List<Sample> samples) {}

  /** Whether a sample at this time is in time for any window. */
  boolean accepts(long time);

  /** What a judge of a sample at this time sees. */
  List<Sample> before(long time);

  /** Takes in a sample that is in time; the closed windows that it completes or changes. */
  List<Told> add(Sample sample);

  /** The windows that close. */
  List<Told> advance(long watermark);

  /** The open windows with samples, oldest first. */
  List<Told> open();
}
