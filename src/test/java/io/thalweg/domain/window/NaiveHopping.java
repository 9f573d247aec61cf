package io.thalweg.domain.window;

import io.thalweg.domain.sample.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Each window keeps its own samples. */
final class NaiveHopping implements NaiveWindows {
  private final long size;
  private final long slide;
  private final long offset;
  private final long lateness;
  private final Map<Long, List<Sample>> windows = new TreeMap<>();
  private final Map<Long, Integer> told = new TreeMap<>();
  private final List<Sample> accepted = new ArrayList<>();
  private long watermark = Long.MIN_VALUE;

  NaiveHopping(long size, long slide, long offset, long lateness) {
    this.size = size;
    this.slide = slide;
    this.offset = offset;
    this.lateness = lateness;
  }

  @Override
  public boolean accepts(long time) {
    return newest(time) + size + lateness > watermark;
  }

  @Override
  public List<Sample> before(long time) {
    long end = newest(time) + slide;
    return accepted.stream()
        .filter(s -> s.timeNanos() < end && s.timeNanos() >= end - size && accepts(s.timeNanos()))
        .toList();
  }

  @Override
  public List<Told> add(Sample sample) {
    List<Told> changed = new ArrayList<>();
    accepted.add(sample);
    for (long start = newest(sample.timeNanos());
        start + size > sample.timeNanos();
        start -= slide) {
      if (start + size + lateness > watermark) {
        windows.computeIfAbsent(start, s -> new ArrayList<>()).add(sample);
        if (start + size <= watermark) {
          changed.addFirst(close(start));
        }
      }
    }
    return changed;
  }

  @Override
  public List<Told> advance(long next) {
    List<Told> closed = new ArrayList<>();
    for (long start : windows.keySet()) {
      if (start + size > watermark && start + size <= next) {
        closed.add(close(start));
      }
    }
    watermark = Math.max(watermark, next);
    return closed;
  }

  @Override
  public List<Told> open() {
    List<Told> open = new ArrayList<>();
    windows.forEach(
        (start, samples) -> {
          if (start + size > watermark) {
            open.add(new Told(start, start + size, false, 0, List.copyOf(samples)));
          }
        });
    return open;
  }

  private long newest(long time) {
    return Math.floorDiv(time - offset, slide) * slide + offset;
  }

  private Told close(long start) {
    int revision = told.merge(start, 1, Integer::sum) - 1;
    List<Sample> samples = windows.getOrDefault(start, List.of());
    return new Told(start, start + size, true, revision, List.copyOf(samples));
  }
}
