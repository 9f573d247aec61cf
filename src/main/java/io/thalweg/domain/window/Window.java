package io.thalweg.domain.window;

import io.thalweg.domain.stats.Summary;

/**
 * A window of one key and what is in it.
 *
 * @param name what the stream calls it
 * @param startNanos inclusive; of a count window and of the total the time of its first sample
 * @param endNanos exclusive; of a count window and of the total the time of its last sample; of a
 *     session the time of its last sample plus the gap
 * @param closed whether it is complete: the watermark has passed its end, or the key idled
 * @param revision how often it was told of before as closed, because of samples that came after
 * @param summary of its samples
 */
public record Window(
    String name, long startNanos, long endNanos, boolean closed, int revision, Summary summary) {}
