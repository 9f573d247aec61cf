package io.thalweg.journal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thalweg.domain.key.DamagedJournalException;
import io.thalweg.domain.key.IdleDeadline;
import io.thalweg.domain.key.StreamKey;
import io.thalweg.journal.DueKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.persistence.JournalProtocol;
import org.apache.pekko.persistence.SnapshotProtocol;
import org.apache.pekko.persistence.journal.Tagged;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.api.Test;
import scala.jdk.javaapi.CollectionConverters;

/** What is stored, what is refused, and that neither costs another key anything. */
class PostgresWritesTest {
  private final String schema = TestPostgres.newSchema();

  @Test
  void writesOfManyActorsAreCommittedTogetherAndAllAnswered() throws Throwable {
    int actors = 300;
    try (OwnerFixture owner = OwnerFixture.open(schema)) {
      List<TestKit> probes = new ArrayList<>();
      for (int i = 0; i < actors; i++) {
        TestKit probe = new TestKit(owner.journal.system);
        probes.add(probe);
        owner.journal.send(probe.getRef(), "s/" + i, 1, "first", "second");
      }
      for (TestKit probe : probes) {
        assertThat(owner.journal.answers(probe, 2))
            .allMatch(answer -> answer instanceof JournalProtocol.WriteMessageSuccess);
      }
      for (int i = 0; i < actors; i++) {
        assertThat(owner.journal.replay("s/" + i, 1)).containsExactly("first", "second");
      }
    }
  }

  @Test
  void badRowsCostTheirOwnKeysAlone() throws Throwable {
    try (OwnerFixture owner = OwnerFixture.open(schema)) {
      owner.writes("s/a", 1, "one");
      TestKit bad = new TestKit(owner.journal.system);
      TestKit good = new TestKit(owner.journal.system);
      List<String> unfit = List.of("s/nul\0", "s/" + "x".repeat(2_000));
      for (int i = 2; i <= 20; i++) {
        owner.journal.send(bad.getRef(), unfit.get(i % 2), 1, "event");
        owner.journal.send(bad.getRef(), "s/b", 5, "leaves a gap");
        owner.journal.send(bad.getRef(), "s/a", 1, "number that is taken");
        owner.journal.send(good.getRef(), "s/a", i, "event");
      }
      assertThat(owner.journal.answers(good, 19))
          .allMatch(answer -> answer instanceof JournalProtocol.WriteMessageSuccess);
      assertThat(owner.journal.answers(bad, 3 * 19))
          .allMatch(answer -> answer instanceof JournalProtocol.WriteMessageFailure);
      assertThat(owner.journal.replay("s/a", 1)).hasSize(20);
    }
  }

  @Test
  void rowThatTheServerRefusesCostsItsOwnKeyAlone() throws Throwable {
    try (OwnerFixture owner = OwnerFixture.open(schema)) {
      owner.recovers("s/bad");
      TestPostgres.execute(
          "alter table " + schema + ".events add check (persistence_id <> 's/bad')");
      List<TestKit> good = new ArrayList<>();
      TestKit bad = new TestKit(owner.journal.system);
      for (int i = 0; i < 20; i++) {
        TestKit probe = new TestKit(owner.journal.system);
        good.add(probe);
        owner.journal.send(probe.getRef(), "s/" + i, 1, "event");
        if (i == 10) {
          owner.journal.send(bad.getRef(), "s/bad", 1, "event");
        }
      }
      assertThat(owner.journal.answers(bad, 1))
          .hasOnlyElementsOfType(JournalProtocol.WriteMessageFailure.class);
      for (TestKit probe : good) {
        assertThat(owner.journal.answers(probe, 1))
            .hasOnlyElementsOfType(JournalProtocol.WriteMessageSuccess.class);
      }
      assertThat(owner.store().isWritable()).isTrue();
    }
  }

  @Test
  void numbersStayTakenAfterDeletionAndARestart() throws Throwable {
    try (OwnerFixture owner = OwnerFixture.open(schema)) {
      owner.writes("actor", 1, "one");
      owner.writes("actor", 2, "two");
      owner.journal.deleteEvents("actor", Long.MAX_VALUE);
    }
    try (OwnerFixture owner = OwnerFixture.open(schema)) {
      owner.isRefused("actor", 2, "another two");
      owner.isRefused("actor", 1, "another one");
      owner.writes("actor", 3, "three");
      assertThat(owner.journal.replay("actor", 1)).containsExactly("three");
    }
  }

  @Test
  void deletionAndWhatFollowsItTakeEffectInTheirOrder() throws Throwable {
    try (OwnerFixture owner = OwnerFixture.open(schema)) {
      TestKit writer = new TestKit(owner.journal.system);
      for (int i = 1; i <= 30; i++) {
        owner.journal.send(writer.getRef(), "actor", i, "event " + i);
        if (i == 20) {
          owner
              .journal
              .journal()
              .tell(
                  new JournalProtocol.DeleteMessagesTo("actor", Long.MAX_VALUE, writer.getRef()),
                  writer.getRef());
        }
      }
      int stored = 0;
      while (stored < 30) {
        if (writer.receiveOne(java.time.Duration.ofSeconds(20))
            instanceof JournalProtocol.WriteMessageSuccess) {
          stored++;
        }
      }
      assertThat(owner.journal.replay("actor", 1)).hasSize(10).startsWith("event 21");
    }
  }

  @Test
  void damagedRowStopsItsKeyAloneAndNamesIt() throws Throwable {
    try (OwnerFixture owner = OwnerFixture.open(schema)) {
      for (String id : List.of("s/a", "s/b")) {
        for (int i = 1; i <= 5; i++) {
          owner.writes(id, i, "event");
        }
      }
      TestPostgres.execute(
          "update "
              + schema
              + ".events set row = set_byte(row, 20, get_byte(row, 20) # 16)"
              + " where persistence_id = 's/b' and sequence_nr = 3");
      assertThatThrownBy(() -> owner.journal.replay("s/b", 1))
          .isInstanceOf(DamagedJournalException.class)
          .hasMessageContaining("s/b")
          .hasMessageContaining("version 3");
      assertThat(owner.journal.replay("s/a", 1)).hasSize(5);

      TestPostgres.execute(
          "delete from " + schema + ".events where persistence_id = 's/b' and sequence_nr = 3");
      assertThatThrownBy(() -> owner.journal.replay("s/b", 1))
          .isInstanceOf(DamagedJournalException.class)
          .hasMessageContaining("missing");
    }
  }

  @Test
  void eventsThatEndBeforeASnapshotAreDamage() throws Throwable {
    try (OwnerFixture owner = OwnerFixture.open(schema)) {
      owner.writes("s/a", 1, "one");
      owner.writes("s/a", 2, "two");
      owner.journal.saveSnapshot("s/a", 2, "state");
      TestPostgres.execute("delete from " + schema + ".events where sequence_nr = 2");
    }
    try (OwnerFixture owner = OwnerFixture.open(schema)) {
      owner.isRefused("s/a", 2, "another two");
      assertThatThrownBy(() -> owner.journal.replay("s/a", 1))
          .isInstanceOf(DamagedJournalException.class)
          .hasMessageContaining("version 2");
    }
  }

  @Test
  void newestSnapshotsAreKept() throws Throwable {
    try (OwnerFixture owner = OwnerFixture.open(schema)) {
      for (int i = 1; i <= 5; i++) {
        owner.writes("s/a", i, "event");
        owner.journal.saveSnapshot("s/a", i, "state " + i);
      }
      assertThat(
              ((SnapshotProtocol.LoadSnapshotResult) owner.journal.loadSnapshot("s/a"))
                  .snapshot()
                  .get()
                  .snapshot())
          .isEqualTo("state 5");
    }
    assertThat(
            TestPostgres.value(
                "select array_agg(sequence_nr order by 1) from " + schema + ".snapshots"))
        .isEqualTo("{4,5}");
  }

  @Test
  void keysAreListedByTheBytesOfTheirText() throws Exception {
    List<String> keys = List.of("", "!", "A", "a", "a\u0001", "aZ", "ab", "ä", "\uFFFD", "𝄞");
    try (OwnerFixture owner = OwnerFixture.open(schema)) {
      for (String key : keys.reversed()) {
        owner.writes("s/" + key, 1, "event");
        owner.writes("t/" + key, 1, "event");
      }
      assertThat(keys(owner, "", "", 100)).isEqualTo(keys);
      assertThat(keys(owner, "a", "", 100)).containsExactly("a", "a\u0001", "aZ", "ab");
      assertThat(keys(owner, "a", "a\0", 2)).containsExactly("a\u0001", "aZ");
      assertThat(keys(owner, "", "ab", 2)).containsExactly("ä", "\uFFFD");
      assertThat(keys(owner, "\0", "", 2)).isEmpty();
    }
  }

  @Test
  void deadlinesAreStoredWithTheirEventsAndStayUntilTheyAreForgotten() throws Throwable {
    StreamKey key = new StreamKey("s", "a");
    try (OwnerFixture owner = OwnerFixture.open(schema)) {
      owner.writes("s/a", 1, tagged("one", 80));
      owner.writes("s/a", 2, tagged("two", 50));
      assertThat(due(owner, 49)).isEmpty();
      assertThat(due(owner, 100))
          .containsExactly(
              new DueKeys.Due(key, new IdleDeadline(50)),
              new DueKeys.Due(key, new IdleDeadline(80)));
      owner.journal.dueKeys().forget(new DueKeys.Due(key, new IdleDeadline(50)));
      owner.writes("s/a", 3, "three"); // committed behind the forgetting
      assertThat(due(owner, 100)).containsExactly(new DueKeys.Due(key, new IdleDeadline(80)));
    }
  }

  private static List<String> keys(OwnerFixture owner, String prefix, String after, int limit)
      throws Exception {
    return owner
        .journal
        .history()
        .keys("s", prefix, after, limit)
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  private static List<DueKeys.Due> due(OwnerFixture owner, long nowNanos) throws Exception {
    return owner
        .journal
        .dueKeys()
        .due(nowNanos, 100)
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  private static Tagged tagged(String payload, long atNanos) {
    return new Tagged(
        payload, CollectionConverters.asScala(Set.of(new IdleDeadline(atNanos).tag())).toSet());
  }
}
