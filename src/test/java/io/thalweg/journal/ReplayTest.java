package io.thalweg.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.key.EventRun;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How events come to an actor that recovers. */
class ReplayTest {
  @TempDir Path folder;

  @Test
  void eventsOfAKeyComeInRunsAndInOrder() throws Throwable {
    List<KeyEvent> events = new ArrayList<>();
    for (int i = 1; i <= 250; i++) {
      events.add(recorded(i, 1));
    }
    try (JournalFixture journal = JournalFixture.open(folder)) {
      journal.write("s/a", 1, events.toArray());

      List<Object> told = journal.replayAsTold("s/a", 1);
      assertThat(told)
          .containsExactly(
              new EventRun(events.subList(0, 100)),
              new EventRun(events.subList(100, 200)),
              new EventRun(events.subList(200, 250)));
      assertThat(journal.replayAsTold("s/a", 250)).containsExactly(events.getLast());
    }
  }

  @Test
  void runOfLargeEventsIsShort() throws Throwable {
    KeyEvent large = recorded(1, 70_000);
    KeyEvent next = recorded(2, 70_000);
    KeyEvent last = recorded(3, 1);
    try (JournalFixture journal = JournalFixture.open(folder)) {
      journal.write("s/a", 1, large, next, last);

      assertThat(journal.replayAsTold("s/a", 1))
          .containsExactly(new EventRun(List.of(large, next)), last);
    }
  }

  private static KeyEvent recorded(int sequence, int samples) {
    KeyBatch batch = new KeyBatch("p", sequence, new long[samples], new double[samples]);
    return new KeyEvent.Recorded(Optional.empty(), sequence, List.of(batch), List.of());
  }
}
