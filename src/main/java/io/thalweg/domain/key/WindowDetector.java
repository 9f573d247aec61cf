package io.thalweg.domain.key;

import io.thalweg.domain.detect.DetectorDefinition;

/**
 * A detector and the window that it judges samples against.
 *
 * @param window its name
 */
public record WindowDetector(String window, DetectorDefinition definition) {}
