package io.thalweg.domain.window;

import io.thalweg.domain.stats.Statistics;

/**
 * All that the state of one window depends on.
 *
 * @param allowedLatenessNanos how long a closed window may still change
 */
public record WindowSetup(
    String name, WindowDefinition definition, Statistics statistics, long allowedLatenessNanos) {}
