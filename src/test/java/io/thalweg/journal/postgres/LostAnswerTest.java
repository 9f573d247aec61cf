package io.thalweg.journal.postgres;

import static io.thalweg.journal.postgres.OwnerFixture.idIn;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.apache.pekko.persistence.JournalProtocol;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A flush whose answer is lost is stored or not; what is read afterwards is final. */
class LostAnswerTest {
  private static final String A = idIn(3, 0);
  private static final String B = idIn(3, 1);
  private static final String QUICK =
      """
      thalweg.journal.reopen-backoff-min = 20 ms
      thalweg.journal.reopen-backoff-max = 100 ms
      thalweg.journal.postgres {
        connect-timeout = 1 s, lock-timeout = 1 s, statement-timeout = 1 s, socket-timeout = 2 s
      }
      """;

  private final String schema = TestPostgres.newSchema();
  private final TcpProxy proxy = new TcpProxy(TestPostgres.port());

  @AfterEach
  void close() throws Exception {
    proxy.close();
  }

  private OwnerFixture open() {
    return OwnerFixture.open(TestPostgres.config(schema, proxy.port()), QUICK);
  }

  @Test
  void writeWhoseAnswerIsLostIsUnknownAndStoredOnce() throws Throwable {
    try (OwnerFixture owner = open()) {
      owner.recovers(A);
      owner.writes(A, 1, "one");
      owner.recovers(B);
      owner.writes(B, 1, "one");
      proxy.set(TcpProxy.Mode.NO_ANSWERS);
      assertUnknown(owner.journal.write(A, 2, "two"));
      proxy.set(TcpProxy.Mode.ALL);
      proxy.cutAll();

      assertThat(recoversInTheEnd(owner, A)).containsExactly("one", "two");
      owner.isRefused(A, 2, "two once more");
      owner.writes(A, 3, "three");
      owner.writes(B, 2, "two"); // of the same shard, and not concerned
      assertThat(owner.journal.replay(A, 1)).containsExactly("one", "two", "three");
      assertThat(epochs()).isEqualTo("{1,1,2}");
    }
  }

  @Test
  void writeThatNeverCameThroughIsUnknownAndNotStored() throws Throwable {
    try (OwnerFixture owner = open()) {
      owner.recovers(A);
      owner.writes(A, 1, "one");
      proxy.set(TcpProxy.Mode.NOTHING);
      assertUnknown(owner.journal.write(A, 2, "two"));
      assertUnknown(owner.journal.write(A, 2, "two")); // at once
      assertThat(owner.store().isWritable()).isFalse();
      proxy.set(TcpProxy.Mode.ALL);

      assertThat(recoversInTheEnd(owner, A)).containsExactly("one");
      owner.writes(A, 2, "another two");
      assertThat(owner.store().isWritable()).isTrue();
    }
  }

  /** The server goes on with a flush after its client has given up. */
  @Test
  void recoveryWaitsForALostFlushThatTheServerStillWorksOn() throws Throwable {
    try (OwnerFixture owner = open();
        Connection blocking = TestPostgres.connect();
        Statement statement = blocking.createStatement()) {
      owner.recovers(A);
      owner.writes(A, 1, "one");
      blocking.setAutoCommit(false);
      statement.execute("lock table " + schema + ".events in share mode");
      TestKit writer = new TestKit(owner.journal.system);
      owner.journal.send(writer.getRef(), A, 2, "two");
      awaitBlockedFlush();
      proxy.cutAll(); // the client knows nothing any more, the server goes on
      assertUnknown(owner.journal.answers(writer, 1));

      Thread unblocking = Thread.ofPlatform().start(() -> commitLater(blocking));
      List<Object> recovered = recoversInTheEnd(owner, A);
      unblocking.join();
      owner.writes(A, recovered.size() + 1L, "next");
      assertThat(owner.journal.replay(A, 1))
          .hasSize(recovered.size() + 1)
          .startsWith(recovered.toArray());
    }
  }

  @Test
  void sessionsThatTheServerEndsCostNothingStored() throws Throwable {
    try (OwnerFixture owner = open()) {
      owner.recovers(A);
      for (int i = 1; i <= 20; i++) {
        if (owner.journal.write(A, i, "event " + i).getFirst()
            instanceof JournalProtocol.WriteMessageSuccess) {
          TestPostgres.execute(
              "select pg_terminate_backend(pid) from pg_stat_activity"
                  + " where application_name = 'thalweg' and query like '%"
                  + schema
                  + "%'");
        } else {
          i = recoversInTheEnd(owner, A).size();
        }
      }
      assertThat(recoversInTheEnd(owner, A)).hasSize(20).doesNotHaveDuplicates();
    }
  }

  private String epochs() throws Exception {
    return TestPostgres.value(
        "select array_agg(epoch order by sequence_nr) from "
            + schema
            + ".events where persistence_id = '"
            + A
            + "'");
  }

  private void awaitBlockedFlush() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      if (!TestPostgres.value(
              "select count(*) from pg_locks l join pg_stat_activity a using (pid)"
                  + " where not l.granted and a.query like '%"
                  + schema
                  + ".flush%'")
          .equals("0")) {
        return;
      }
      Thread.sleep(5);
    }
    throw new AssertionError("no flush is blocked");
  }

  private static void commitLater(Connection connection) {
    try {
      Thread.sleep(200);
      connection.commit();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void assertUnknown(List<JournalProtocol.Response> answers) {
    assertThat(answers).hasOnlyElementsOfType(JournalProtocol.WriteMessageFailure.class);
  }

  /** As a key does that tries again. */
  private static List<Object> recoversInTheEnd(OwnerFixture owner, String id) throws Throwable {
    for (int attempt = 0; ; attempt++) {
      try {
        return owner.recovers(id);
      } catch (Exception e) {
        if (attempt == 100) {
          throw e;
        }
        Thread.sleep(100);
      }
    }
  }
}
