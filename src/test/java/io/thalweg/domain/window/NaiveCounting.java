package io.thalweg.domain.window;

import io.thalweg.domain.sample.Sample;
import java.util.ArrayList;
import java.util.List;

/** The newest samples in order of arrival; of tumbling windows those since the last one closed. */
final class NaiveCounting implements NaiveWindows {
  private final long size;
  private final boolean tumbles;
  private final List<Sample> samples = new ArrayList<>();

  NaiveCounting(long size, boolean tumbles) {
    this.size = size;
    this.tumbles = tumbles;
  }

  @Override
  public boolean accepts(long time) {
    return true;
  }

  @Override
  public List<Sample> before(long time) {
    return samples;
  }

  @Override
  public List<Told> add(Sample sample) {
    samples.add(sample);
    if (tumbles && samples.size() == size) {
      Told told = told(true);
      samples.clear();
      return List.of(told);
    }
    if (samples.size() > size) {
      samples.removeFirst();
    }
    return List.of();
  }

  @Override
  public List<Told> advance(long watermark) {
    return List.of();
  }

  @Override
  public List<Told> open() {
    return samples.isEmpty() ? List.of() : List.of(told(false));
  }

  private Told told(boolean closed) {
    return new Told(
        samples.getFirst().timeNanos(),
        samples.getLast().timeNanos(),
        closed,
        0,
        List.copyOf(samples));
  }
}
