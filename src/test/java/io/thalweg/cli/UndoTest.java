package io.thalweg.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UndoTest {
  private final List<String> undone = new ArrayList<>();
  private final Undo undo = new Undo();

  @Test
  void latestIsUndoneFirstAndOnce() {
    undo.add(() -> undone.add("first"));
    undo.add(() -> undone.add("second"));
    undo.run();
    undo.run();
    assertThat(undone).containsExactly("second", "first");
  }

  @Test
  void whatComesTooLateIsUndoneAtOnce() {
    undo.run();
    undo.add(() -> undone.add("late"));
    assertThat(undone).containsExactly("late");
  }

  @Test
  void aFailureKeepsNothingFromBeingUndone() {
    undo.add(() -> undone.add("first"));
    undo.add(
        () -> {
          throw new IllegalStateException("no");
        });
    assertThatThrownBy(undo::run).hasMessage("no");
    assertThat(undone).containsExactly("first");
  }
}
