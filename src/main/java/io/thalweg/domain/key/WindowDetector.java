package io.thalweg.domain.key;

import io.thalweg.domain.detect.DetectorDefinition;

/**
 * A detector and the window that it judges samples against.
 *
 * @param window its name; empty where the detector judges against none
 */
public record WindowDetector(String window, DetectorDefinition definition) {
  public WindowDetector {
    if (window.isEmpty() == definition.judgesWindow()) {
      throw new IllegalArgumentException(
          definition.name()
              + (definition.judgesWindow()
                  ? " judges against a window: name it"
                  : " judges against no window, so not against '" + window + "'"));
    }
  }

  /** One that judges all samples of a key, against no window. */
  public static WindowDetector ofKey(DetectorDefinition definition) {
    return new WindowDetector("", definition);
  }
}
