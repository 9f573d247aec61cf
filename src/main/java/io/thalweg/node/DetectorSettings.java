package io.thalweg.node;

import com.typesafe.config.Config;
import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.key.WindowDetector;
import io.thalweg.domain.window.NamedWindow;
import java.util.List;
import java.util.Set;

/**
 * A stream's detector, {@code thalweg.streams.<name>.detector}.
 *
 * @param defaults of each kind of detector that has some, {@code thalweg.detector-defaults}
 */
record DetectorSettings(Config defaults) {
  static final Set<String> KINDS = Set.of("z-score", "ewma", "threshold", "surprise");
  private static final Set<String> SURPRISE_KEYS =
      Set.of(
          "threshold",
          "habituation",
          "habituation-samples",
          "refractory-samples",
          "override",
          "warm-up-samples",
          "point-residual");

  /** Where it judges against a window and names none, that is the first one. */
  WindowDetector read(Section detector, List<NamedWindow> windows) {
    Section kinds = detector.without("window");
    DetectorDefinition definition = definition(kinds.kind(KINDS), kinds);
    if (definition.judgesWindow()) {
      return new WindowDetector(window(detector, windows), definition);
    }
    if (detector.has("window")) {
      throw detector.wrong(
          "window", "this detector judges all samples of a key, against no window");
    }
    return WindowDetector.ofKey(definition);
  }

  private static String window(Section detector, List<NamedWindow> windows) {
    String window = detector.has("window") ? detector.text("window") : windows.getFirst().name();
    List<String> names = windows.stream().map(NamedWindow::name).toList();
    if (!names.contains(window)) {
      throw detector.wrong(
          "window", "there is no window '" + window + "'; the stream's windows are " + names);
    }
    return window;
  }

  private DetectorDefinition definition(String kind, Section kinds) {
    Section detector = kinds.section(kind);
    return switch (kind) {
      case "z-score" -> zScore(detector);
      case "ewma" -> ewma(detector);
      case "threshold" -> threshold(detector);
      default -> surprise(detector);
    };
  }

  private static DetectorDefinition zScore(Section own) {
    own.only(Set.of("threshold", "min-samples"));
    return own.checked(
        () -> new DetectorDefinition.ZScore(own.number("threshold"), own.integer("min-samples")));
  }

  private DetectorDefinition ewma(Section own) {
    own.only(Set.of("alpha", "half-life-samples", "threshold", "min-samples"));
    if (own.has("alpha") == own.has("half-life-samples")) {
      throw own.wrong("has either alpha or half-life-samples");
    }
    Section detector = own.withFallback(defaults.getConfig("ewma"));
    return own.checked(
        () ->
            new DetectorDefinition.Ewma(
                own.has("alpha")
                    ? own.number("alpha")
                    : DetectorDefinition.Ewma.alphaOfHalfLife(own.number("half-life-samples")),
                detector.number("threshold"),
                detector.integer("min-samples")));
  }

  private static DetectorDefinition threshold(Section own) {
    own.only(Set.of("above", "below"));
    return own.checked(
        () ->
            new DetectorDefinition.Threshold(
                own.has("above") ? own.number("above") : Double.POSITIVE_INFINITY,
                own.has("below") ? own.number("below") : Double.NEGATIVE_INFINITY));
  }

  private DetectorDefinition surprise(Section own) {
    own.only(SURPRISE_KEYS);
    Section detector = own.withFallback(defaults.getConfig("surprise"));
    return own.checked(
        () ->
            new DetectorDefinition.Surprise(
                detector.number("threshold"),
                detector.number("habituation"),
                detector.integer("habituation-samples"),
                detector.integer("refractory-samples"),
                detector.number("override"),
                detector.integer("warm-up-samples"),
                detector.flag("point-residual")));
  }
}
