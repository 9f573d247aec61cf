package io.thalweg.domain.window;

import io.thalweg.domain.stats.Summary;

/**
 * A window of one key and what is in it.
 *
 * @param startNanos inclusive; of a count window the time of its first sample
 * @param endNanos exclusive; of a count window the time of its last sample
 * @param closed whether the watermark has passed its end; a sliding count window never closes
 * @param summary of its samples
 */
public record Window(long startNanos, long endNanos, boolean closed, Summary summary) {}
