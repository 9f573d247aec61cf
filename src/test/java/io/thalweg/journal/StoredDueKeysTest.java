package io.thalweg.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.key.IdleDeadline;
import io.thalweg.domain.key.StreamKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.persistence.journal.Tagged;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

class StoredDueKeysTest {
  private static final StreamKey KEY = new StreamKey("s", "a|b");

  @TempDir Path folder;

  @Test
  void deadlineIsStoredWithItsEventAndStaysUntilItIsForgotten() throws Throwable {
    try (JournalFixture journal = JournalFixture.open(folder)) {
      journal.write(PersistenceIds.of(KEY), 1, tagged("first", 50));
      journal.write(PersistenceIds.of(KEY), 2, tagged("second", 80));

      assertThat(due(journal, 49)).isEmpty();
      assertThat(due(journal, 50)).containsExactly(new DueKeys.Due(KEY, new IdleDeadline(50)));
    }
    try (JournalFixture journal = JournalFixture.open(folder)) {
      assertThat(due(journal, 100)).hasSize(2);
      journal.dueKeys().forget(new DueKeys.Due(KEY, new IdleDeadline(50)));
      journal.write(PersistenceIds.of(KEY), 3, "third"); // committed behind the forgetting
      assertThat(due(journal, 100)).containsExactly(new DueKeys.Due(KEY, new IdleDeadline(80)));
      assertThat(journal.replay(PersistenceIds.of(KEY), 1))
          .containsExactly("first", "second", "third");
    }
  }

  @Test
  void noMoreAreToldThanAreAskedForAndTheEarliestComeFirst() throws Exception {
    try (JournalFixture journal = JournalFixture.open(folder)) {
      for (int i = 0; i < 5; i++) {
        journal.write(PersistenceIds.of(new StreamKey("s", "k" + i)), 1, tagged("x", 100 - i));
      }
      assertThat(journal.dueKeys().due(1_000, 2).toCompletableFuture().get(10, TimeUnit.SECONDS))
          .extracting(due -> due.key().key())
          .containsExactly("k4", "k3");
    }
  }

  private static Tagged tagged(String payload, long atNanos) {
    return new Tagged(
        payload, CollectionConverters.asScala(Set.of(new IdleDeadline(atNanos).tag())).toSet());
  }

  private static List<DueKeys.Due> due(JournalFixture journal, long nowNanos) throws Exception {
    return journal.dueKeys().due(nowNanos, 100).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }
}
