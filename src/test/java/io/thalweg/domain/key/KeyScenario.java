package io.thalweg.domain.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A key's story, told as given, when and then. Each step checks that deciding, evolving and
 * restoring agree to the bit.
 */
final class KeyScenario {
  private StreamDefinition definition;
  private KeyState state;
  private Decision decision;

  private KeyScenario(StreamDefinition definition) {
    this.definition = definition;
    state = KeyState.empty(definition);
    decision = new Decision(Optional.empty(), state, List.of());
  }

  static KeyScenario given(StreamDefinition definition) {
    return new KeyScenario(definition);
  }

  KeyScenario redefined(StreamDefinition next) {
    definition = next;
    return this;
  }

  KeyScenario when(KeyBatch... batches) {
    KeySnapshot before = state.snapshot();
    decision = state.decide(definition, List.of(batches), 0);
    KeySnapshot after = decision.after().snapshot();
    assertThat(state.snapshot()).isEqualTo(before);
    KeyState old = state;
    decision
        .event()
        .ifPresent(
            event -> {
              assertThat(old.evolve(event).snapshot()).isEqualTo(after);
              assertThat(KeyState.restore(before).evolve(event).snapshot()).isEqualTo(after);
              assertThat(old.snapshot()).isEqualTo(before);
              assertThat(decision.after().snapshot()).isEqualTo(after);
            });
    state = decision.after();
    return this;
  }

  KeyScenario thenResults(BatchResult... results) {
    assertThat(decision.results()).containsExactly(results);
    return this;
  }

  KeyScenario thenNoEvent() {
    assertThat(decision.event()).isEmpty();
    return this;
  }

  KeyScenario thenOutcomes(Outcome... outcomes) {
    assertThat(outcomes()).containsExactly(outcomes);
    return this;
  }

  KeyEvent.Recorded event() {
    return (KeyEvent.Recorded) decision.event().orElseThrow();
  }

  List<Outcome> outcomes() {
    return decision.event().map(KeyEvent::outcomes).orElse(List.of());
  }

  KeyState state() {
    return state;
  }

  /** Samples one second apart, from a second on. */
  static KeyBatch batch(String producer, long sequence, long second, double... values) {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      times.add((second + i) * 1_000_000_000);
    }
    return new KeyBatch(
        producer, sequence, times.stream().mapToLong(Long::longValue).toArray(), values);
  }
}
