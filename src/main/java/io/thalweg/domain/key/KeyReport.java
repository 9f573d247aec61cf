package io.thalweg.domain.key;

import io.thalweg.domain.detect.Anomaly;
import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.stats.Summary;
import io.thalweg.domain.window.Window;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a key tells of itself, as plain data: nothing can be decided with it. */
public record KeyReport(
    long version,
    OptionalLong watermarkNanos,
    Summary total,
    List<Window> windows,
    long late,
    Optional<Sample> last,
    long anomalies,
    Optional<Anomaly> lastAnomaly)
    implements KeyView {}
