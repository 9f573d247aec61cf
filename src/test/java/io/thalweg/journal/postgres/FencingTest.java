package io.thalweg.journal.postgres;

import static io.thalweg.journal.postgres.OwnerFixture.idIn;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thalweg.journal.ShardElsewhereException;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.persistence.JournalProtocol;
import org.apache.pekko.persistence.SnapshotProtocol;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.api.Test;

/** Two nodes that both believe to own a shard: the one that claimed it last does. */
class FencingTest {
  private static final String A = idIn(3, 0);
  private static final String ALSO_A = idIn(3, 1);
  private static final String B = idIn(4, 0);

  private final String schema = TestPostgres.newSchema();

  @Test
  void writesOfAnEarlierOwnerAreRefusedAndThoseOfTheNewOneStored() throws Throwable {
    try (OwnerFixture old = OwnerFixture.open(schema);
        OwnerFixture next = OwnerFixture.open(schema)) {
      old.hosts(A, "old");
      old.recovers(A);
      old.writes(A, 1, "one");
      next.hosts(A, "next");
      assertThat(next.recovers(A)).containsExactly("one");

      old.isRefused(A, 2, "stale");
      next.writes(A, 2, "two");
      old.isRefused(A, 3, "stale");
      assertThat(next.journal.replay(A, 1)).containsExactly("one", "two");
      assertThat(old.store().status().fencedEvents()).isEqualTo(2);
      assertThat(next.store().status().fencedEvents()).isZero();
    }
  }

  @Test
  void keyThatTheEarlierOwnerHasNotWrittenYetIsFencedToo() throws Throwable {
    try (OwnerFixture old = OwnerFixture.open(schema);
        OwnerFixture next = OwnerFixture.open(schema)) {
      old.recovers(A);
      old.recovers(ALSO_A);
      next.recovers(A);

      old.isRefused(ALSO_A, 1, "stale");
      next.recovers(ALSO_A);
      next.writes(ALSO_A, 1, "one");
      assertThat(next.journal.replay(ALSO_A, 1)).containsExactly("one");
    }
  }

  @Test
  void otherShardsOfTheEarlierOwnerAreNotDisturbed() throws Throwable {
    try (OwnerFixture old = OwnerFixture.open(schema);
        OwnerFixture next = OwnerFixture.open(schema)) {
      old.recovers(A);
      old.recovers(B);
      next.recovers(A);

      TestKit stale = new TestKit(old.journal.system);
      TestKit fine = new TestKit(old.journal.system);
      for (int i = 1; i <= 50; i++) {
        old.journal.send(stale.getRef(), A, i, "stale");
        old.journal.send(fine.getRef(), B, i, "event " + i);
      }
      assertThat(old.journal.answers(stale, 50))
          .allMatch(answer -> answer instanceof JournalProtocol.WriteMessageFailure);
      assertThat(old.journal.answers(fine, 50))
          .allMatch(answer -> answer instanceof JournalProtocol.WriteMessageSuccess);
      assertThat(old.journal.replay(B, 1)).hasSize(50);
    }
  }

  @Test
  void lostShardIsNotTakenBackUnderTheSameIncarnation() throws Throwable {
    try (OwnerFixture old = OwnerFixture.open(schema);
        OwnerFixture next = OwnerFixture.open(schema)) {
      old.hosts(A, "first life");
      old.recovers(A);
      next.recovers(A);
      old.isRefused(A, 1, "stale");

      old.hosts(ALSO_A, "first life");
      assertThatThrownBy(() -> old.journal.replay(ALSO_A, 1))
          .isInstanceOf(ShardElsewhereException.class)
          .hasMessageContaining("shard 3 is owned by");
      assertThat(old.journal.loadSnapshot(ALSO_A))
          .isInstanceOf(SnapshotProtocol.LoadSnapshotFailed.class);
      next.writes(A, 1, "one");

      old.hosts(A, "second life");
      assertThat(old.recovers(A)).containsExactly("one");
      old.writes(A, 2, "two");
      next.isRefused(A, 2, "stale");
    }
  }

  @Test
  void epochOfAShardRisesWithEachClaimAndIsStoredWithEachEvent() throws Throwable {
    try (OwnerFixture one = OwnerFixture.open(schema);
        OwnerFixture other = OwnerFixture.open(schema)) {
      for (int round = 0; round < 4; round++) {
        OwnerFixture owner = round % 2 == 0 ? one : other;
        owner.hosts(A, "life " + round);
        owner.recovers(A);
        owner.writes(A, round + 1, "event");
      }
    }
    assertThat(
            TestPostgres.value(
                "select array_agg(epoch order by sequence_nr) from " + schema + ".events"))
        .isEqualTo("{1,2,3,4}");
    assertThat(TestPostgres.value("select epoch from " + schema + ".shards where shard = 3"))
        .isEqualTo("4");
  }

  @Test
  void claimWaitsForAFlushUnderWay() throws Throwable {
    try (OwnerFixture next = OwnerFixture.open(schema)) {
      next.store();
      try (Connection flush = TestPostgres.connect();
          Statement statement = flush.createStatement()) {
        flush.setAutoCommit(false);
        statement.execute(
            "update " + schema + ".shards set owner = 'old', node = 'old', epoch = 1");
        flush.commit();
        statement.execute(oneEventByTheOldOwner("one"));

        CompletableFuture<List<Object>> recovery = recovery(next, A);
        awaitWaiting("update " + schema + ".shards");
        assertThat(recovery).isNotDone();
        flush.commit();
        assertThat(recovery.get(20, TimeUnit.SECONDS)).hasSize(1);
      }
    }
  }

  @Test
  void flushThatComesBehindAClaimIsRefused() throws Throwable {
    try (OwnerFixture next = OwnerFixture.open(schema)) {
      next.store();
      TestPostgres.execute(
          "update " + schema + ".shards set owner = 'old', node = 'old', epoch = 1");
      try (Connection claim = TestPostgres.connect();
          Statement statement = claim.createStatement()) {
        claim.setAutoCommit(false);
        statement.execute(
            "update " + schema + ".shards set owner = 'new', node = 'new', epoch = 2");
        CompletableFuture<String> flush =
            CompletableFuture.supplyAsync(() -> refusal(oneEventByTheOldOwner("late")));
        awaitWaiting("select%flush(");
        claim.commit();
        assertThat(flush.get(20, TimeUnit.SECONDS)).isEqualTo("1 new 3");
      }
      assertThat(TestPostgres.value("select count(*) from " + schema + ".events")).isEqualTo("0");
    }
  }

  @Test
  void snapshotsAndDeletionsAreTheOwnersToo() throws Throwable {
    try (OwnerFixture old = OwnerFixture.open(schema);
        OwnerFixture next = OwnerFixture.open(schema)) {
      old.recovers(A);
      for (int i = 1; i <= 3; i++) {
        old.writes(A, i, "event " + i);
      }
      next.recovers(A);

      assertThat(old.journal.tryToSaveSnapshot(A, 3, "stale"))
          .isInstanceOf(org.apache.pekko.persistence.SaveSnapshotFailure.class);
      assertThat(old.journal.tryToDeleteEvents(A, 3))
          .isInstanceOf(org.apache.pekko.persistence.DeleteMessagesFailure.class);
      assertThat(next.journal.replay(A, 1)).hasSize(3);

      next.journal.saveSnapshot(A, 3, "state");
      next.journal.deleteEvents(A, 2);
      assertThat(next.journal.replay(A, 3)).containsExactly("event 3");
    }
  }

  private String oneEventByTheOldOwner(String payload) {
    return """
        select refusal || ' ' || id || ' ' || number from %1$s.flush(
          'old', array[3], array[1]::bigint[],
          array['%2$s'], array[3], array[1]::bigint[], array['%2$s'], array[3],
          array['%2$s'], array[1]::bigint[], array[3], array[1]::bigint[], array['\\x%3$s'::bytea],
          array[]::int[], array[]::text[], array[]::int[], array[]::bigint[], array[]::bigint[],
          array[]::bigint[], array[]::bigint[], array[]::bytea[], 2)
        """
        .formatted(schema, A, StoredRows.hex(A, 1, payload));
  }

  private static String refusal(String sql) {
    try {
      return TestPostgres.value(sql);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static CompletableFuture<List<Object>> recovery(OwnerFixture owner, String id) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return owner.recovers(id);
          } catch (Throwable e) {
            throw new IllegalStateException(e);
          }
        });
  }

  private static void awaitWaiting(String statement) throws Exception {
    for (int i = 0; i < 1_000; i++) {
      if (!TestPostgres.value(
              "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like '%"
                  + statement
                  + "%'")
          .equals("0")) {
        return;
      }
      Thread.sleep(10);
    }
    throw new AssertionError("nobody waits in " + statement);
  }
}
