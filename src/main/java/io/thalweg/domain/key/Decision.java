package io.thalweg.domain.key;

import java.util.List;
import java.util.Optional;

/**
 * What a key answers to batches: the fact to be journaled, what it leads to, and what to reply once
 * it is durable.
 *
 * @param event empty where nothing is to be counted
 * @param after the state with the event folded in: exactly what {@link KeyState#evolve} gives
 * @param results one for each batch, in order
 */
public record Decision(Optional<KeyEvent> event, KeyState after, List<BatchResult> results) {}
