package io.thalweg.domain.key;

import java.util.List;

/**
 * What came of a fact that was folded in once more.
 *
 * @param after the state with it
 * @param outcomes what it caused this time, in the order of its samples
 */
public record Replayed(KeyState after, List<Outcome> outcomes) {}
