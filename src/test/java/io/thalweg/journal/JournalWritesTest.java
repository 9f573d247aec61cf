package io.thalweg.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.persistence.JournalProtocol;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalWritesTest {
  @TempDir Path folder;

  @Test
  void writesOfManyActorsAreCommittedTogetherAndAllAnswered() throws Throwable {
    int actors = 500;
    try (JournalFixture journal = JournalFixture.open(folder)) {
      List<TestKit> probes = new ArrayList<>();
      for (int i = 0; i < actors; i++) {
        probes.add(new TestKit(journal.system));
      }
      for (int i = 0; i < actors; i++) {
        journal.send(probes.get(i).getRef(), "s/" + i, 1, "first", "second");
      }
      for (TestKit probe : probes) {
        assertThat(journal.answers(probe, 2))
            .allMatch(answer -> answer instanceof JournalProtocol.WriteMessageSuccess);
      }
    }
    try (JournalFixture journal = JournalFixture.open(folder)) {
      for (int i = 0; i < actors; i++) {
        assertThat(journal.replay("s/" + i, 1)).containsExactly("first", "second");
      }
    }
  }

  @Test
  void numberThatIsTakenIsRefusedAndNotOverwritten() throws Throwable {
    try (JournalFixture journal = JournalFixture.open(folder)) {
      journal.write("s/a", 1, "one", "two");
      assertRefused(journal.write("s/a", 2, "another two"));
    }
    try (JournalFixture journal = JournalFixture.open(folder)) {
      assertRefused(journal.write("s/a", 2, "another two"));
      assertThat(journal.replay("s/a", 1)).containsExactly("one", "two");
    }
  }

  @Test
  void numberThatLeavesAGapIsRefused() throws Throwable {
    try (JournalFixture journal = JournalFixture.open(folder)) {
      assertRefused(journal.write("s/a", 2, "two"));
      assertThat(journal.write("s/a", 1, "one").getFirst())
          .isInstanceOf(JournalProtocol.WriteMessageSuccess.class);
      assertThat(journal.replay("s/a", 1)).containsExactly("one");
    }
  }

  @Test
  void eventThatCannotBeSerializedTakesUpItsNumberAndIsNotReplayed() throws Throwable {
    try (JournalFixture journal = JournalFixture.open(folder)) {
      List<JournalProtocol.Response> answers =
          journal.write("s/a", 1, "one", new Object(), "three");
      assertThat(answers.get(1)).isInstanceOf(JournalProtocol.WriteMessageRejected.class);
      assertThat(answers.get(2)).isInstanceOf(JournalProtocol.WriteMessageSuccess.class);
      assertThat(journal.replay("s/a", 1)).containsExactly("one", "three");
    }
  }

  @Test
  void keysLookedUpAgainBeyondTheKnownOnesStillFollow() throws Throwable {
    try (JournalFixture journal =
        JournalFixture.open(
            folder, "thalweg.journal { known-keys-max = 2, flush-events-max = 2 }")) {
      for (int version = 1; version <= 3; version++) {
        for (int key = 0; key < 10; key++) {
          assertThat(journal.write("s/" + key, version, "event " + version).getFirst())
              .isInstanceOf(JournalProtocol.WriteMessageSuccess.class);
        }
      }
      assertThat(journal.replay("s/0", 1)).hasSize(3);
    }
  }

  @Test
  void numbersStayTakenAfterDeletion() throws Throwable {
    try (JournalFixture journal = JournalFixture.open(folder)) {
      journal.write("actor", 1, "one", "two", "three");
      journal.deleteEvents("actor", 3);
    }
    try (JournalFixture journal = JournalFixture.open(folder)) {
      assertRefused(journal.write("actor", 3, "another three"));
      journal.write("actor", 4, "four");
      assertThat(journal.replay("actor", 1)).containsExactly("four");
    }
  }

  @Test
  void anyTextNamesAKeyOfItsOwn() throws Throwable {
    List<String> ids =
        List.of(
            "s/a", "s/a\0", "s/a\0b", "s/a|b", "s/../x", "s/ä", "s/𝄞", "s/אב", "s/", "s/\u0001");
    try (JournalFixture journal = JournalFixture.open(folder)) {
      for (String id : ids) {
        journal.write(id, 1, "first of " + id, "second of " + id);
      }
      for (String id : ids) {
        assertThat(journal.replay(id, 1)).containsExactly("first of " + id, "second of " + id);
      }
    }
  }

  private static void assertRefused(List<JournalProtocol.Response> answers) {
    assertThat(answers.getFirst()).isInstanceOf(JournalProtocol.WriteMessageFailure.class);
  }
}
