package io.thalweg.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thalweg.domain.key.NoLongerKeptException;
import io.thalweg.domain.key.StreamKey;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.Test;

/** How events are deleted and how that is told of; the same with each store. */
public abstract class RetentionScript {
  private static final String DOWN_TO_THE_OLDEST_SNAPSHOT =
      "thalweg.journal { snapshots-kept = 2, retention { enabled = on, step-events-max = 10 } }";
  private static final String KEEPING_SEVEN =
      DOWN_TO_THE_OLDEST_SNAPSHOT + "\nthalweg.journal.retention.events-kept-min = 7";
  private static final String KEEPING_A_DAY =
      DOWN_TO_THE_OLDEST_SNAPSHOT + "\nthalweg.journal.retention.age = 1d";
  private static final StreamKey KEY = new StreamKey("s", "a");
  private static final String ID = "s/a";

  /** An empty journal, with settings that win over the others. */
  protected abstract JournalFixture open(String config);

  @Test
  void eventsBelowTheOldestSnapshotGoAndThatIsSaid() throws Throwable {
    try (JournalFixture journal = open(DOWN_TO_THE_OLDEST_SNAPSHOT)) {
      assertThat(firstKept(journal)).isEqualTo(16);
      assertThat(kept(journal).firstState()).isEqualTo(15);
      tellsWhatIsKept(journal, 16);
    }
  }

  @Test
  void newestEventsAreKeptByNumber() throws Throwable {
    try (JournalFixture journal = open(KEEPING_SEVEN)) {
      assertThat(firstKept(journal)).isEqualTo(14);
      tellsWhatIsKept(journal, 14);
    }
  }

  @Test
  void eventsAreKeptByAge() throws Throwable {
    try (JournalFixture journal = open(KEEPING_A_DAY)) {
      assertThat(firstKept(journal)).isEqualTo(1);
    }
  }

  @Test
  void nothingGoesUnlessItIsAskedFor() throws Throwable {
    try (JournalFixture journal = open("")) {
      assertThat(firstKept(journal)).isEqualTo(1);
      assertThat(journal.replay(ID, 1)).hasSize(20);
    }
  }

  /** Twenty events, and a snapshot after each five; returns the first event that is kept then. */
  private static long firstKept(JournalFixture journal) throws Exception {
    for (int i = 1; i <= 20; i++) {
      journal.write(ID, i, KeyData.recorded());
      if (i % 5 == 0) {
        journal.saveSnapshot(ID, i, KeyData.snapshot(i));
      }
    }
    long before = -1;
    for (int unchanged = 0; unchanged < 10; ) {
      long now = kept(journal).firstEvent();
      unchanged = now == before ? unchanged + 1 : 0;
      before = now;
      Thread.sleep(20);
    }
    return before;
  }

  private static History.Kept kept(JournalFixture journal) throws Exception {
    return journal
        .history()
        .kept(KEY)
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS)
        .orElseThrow();
  }

  /** What is gone is said to be gone, and what is kept is told. */
  private static void tellsWhatIsKept(JournalFixture journal, long firstKept) throws Throwable {
    assertThat(versions(journal, firstKept, 20)).hasSize((int) (21 - firstKept));
    assertThatThrownBy(() -> versions(journal, firstKept - 1, 20))
        .hasRootCauseInstanceOf(NoLongerKeptException.class)
        .rootCause()
        .hasMessageContaining("events are from version " + firstKept + " on");
    assertThat(journal.replay(ID, 16)).hasSize(5);
    assertThat(journal.write(ID, 21, KeyData.recorded())).hasSize(1);
  }

  private static List<Long> versions(JournalFixture journal, long from, long to) throws Exception {
    return journal
        .history()
        .events(KEY, from, to)
        .map(VersionedEvent::version)
        .runWith(Sink.seq(), journal.system)
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }
}
