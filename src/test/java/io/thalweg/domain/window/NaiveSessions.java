package io.thalweg.domain.window;

import io.thalweg.domain.sample.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Merges lists of samples. */
final class NaiveSessions implements NaiveWindows {
  private final long gap;
  private final long lateness;
  private final List<Group> groups = new ArrayList<>();
  private long watermark = Long.MIN_VALUE;

  NaiveSessions(long gap, long lateness) {
    this.gap = gap;
    this.lateness = lateness;
  }

  private final class Group {
    final List<Sample> samples = new ArrayList<>();
    int told;

    long first() {
      return samples.stream().mapToLong(Sample::timeNanos).min().orElseThrow();
    }

    long end() {
      return samples.stream().mapToLong(Sample::timeNanos).max().orElseThrow() + gap;
    }

    boolean isNear(long time) {
      return samples.stream().anyMatch(s -> Math.abs(s.timeNanos() - time) < gap);
    }

    Told told(boolean closed) {
      return new Told(first(), end(), closed, closed ? told++ : 0, List.copyOf(samples));
    }
  }

  @Override
  public boolean accepts(long time) {
    return time + gap + lateness > watermark || !near(time).isEmpty();
  }

  @Override
  public List<Sample> before(long time) {
    List<Group> near = near(time);
    return near.isEmpty() ? List.of() : near.getLast().samples;
  }

  @Override
  public List<Told> add(Sample sample) {
    Group merged = new Group();
    for (Group group : near(sample.timeNanos())) {
      merged.samples.addAll(group.samples);
      merged.told = Math.max(merged.told, group.told);
      groups.remove(group);
    }
    merged.samples.add(sample);
    groups.add(merged);
    return merged.end() <= watermark ? List.of(merged.told(true)) : List.of();
  }

  @Override
  public List<Told> advance(long next) {
    List<Told> closed = new ArrayList<>();
    for (Group group : sorted()) {
      if (group.end() > watermark && group.end() <= next) {
        closed.add(group.told(true));
      }
    }
    watermark = Math.max(watermark, next);
    groups.removeIf(group -> group.end() + lateness <= watermark);
    return closed;
  }

  @Override
  public List<Told> open() {
    return sorted().stream().filter(g -> g.end() > watermark).map(g -> g.told(false)).toList();
  }

  private List<Group> near(long time) {
    return sorted().stream().filter(g -> g.isNear(time)).toList();
  }

  private List<Group> sorted() {
    return groups.stream().sorted(Comparator.comparingLong(Group::first)).toList();
  }
}
