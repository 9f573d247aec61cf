package io.thalweg.cli.nab;

import io.thalweg.domain.key.StreamDefinition;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a detector reaches on a corpus.
 *
 * @param detector its name
 * @param detections of all series, in order
 * @param thresholds one for all series, chosen for each profile
 */
public record NabResult(
    String detector, List<Detection> detections, Map<Profile, Double> thresholds) {

  public NabResult {
    detections = List.copyOf(detections);
    thresholds = Map.copyOf(thresholds);
  }

  /**
   * Chooses the thresholds.
   *
   * @param definition with a detector
   */
  public static NabResult of(StreamDefinition definition, List<Detection> detections) {
    Sweep sweep = Sweep.of(detections);
    Map<Profile, Double> thresholds = new EnumMap<>(Profile.class);
    for (Profile profile : Profile.values()) {
      thresholds.put(profile, sweep.threshold(profile));
    }
    return new NabResult(
        definition.detector().orElseThrow().definition().name(), detections, thresholds);
  }

  public double threshold(Profile profile) {
    return thresholds.getOrDefault(profile, Sweep.NEVER);
  }

  public Score score(Detection detection, Profile profile) {
    return Score.of(detection, profile, threshold(profile));
  }

  public Score score(Collection<Detection> some, Profile profile) {
    return some.stream().map(one -> score(one, profile)).reduce(Score.NONE, Score::plus);
  }

  /** Of all series together. */
  public Score score(Profile profile) {
    return score(detections, profile);
  }

  /** The series of each folder, by its name. */
  public Map<String, List<Detection>> byFolder() {
    return detections.stream()
        .collect(
            Collectors.groupingBy(
                detection -> detection.series().folder(), TreeMap::new, Collectors.toList()));
  }
}
