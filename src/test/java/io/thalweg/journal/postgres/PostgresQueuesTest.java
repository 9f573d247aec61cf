package io.thalweg.journal.postgres;

import static io.thalweg.journal.postgres.OwnerFixture.idIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.journal.JournalFixture;
import io.thalweg.journal.JournalStore;
import io.thalweg.journal.QueueScript;
import io.thalweg.journal.QueuedResults;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PostgresQueuesTest extends QueueScript {
  private final String schema = TestPostgres.newSchema();

  @Override
  protected JournalFixture open() {
    return JournalFixture.open(TestPostgres.config(schema));
  }

  @Test
  void whatAnEarlierOwnerWritesIsNotQueuedAndNumbersOfTheNewOneGoOn() throws Throwable {
    String id = idIn(3, 0);
    try (OwnerFixture old = OwnerFixture.open(schema);
        OwnerFixture next = OwnerFixture.open(schema)) {
      fill(old.journal, () -> {});
      fill(next.journal, () -> {});
      old.hosts(id, "old");
      old.recovers(id);
      old.writes(id, 1, late(1));
      next.hosts(id, "next");
      next.recovers(id);

      old.isRefused(id, 2, late(7));
      next.writes(id, 2, late(2));
      old.isRefused(id, 3, late(7));

      assertThat(read(next.journal, Map.of(3, 0L), 10))
          .extracting(QueuedResults::number, QueuedResults::version)
          .containsExactly(
              org.assertj.core.groups.Tuple.tuple(1L, 1L),
              org.assertj.core.groups.Tuple.tuple(2L, 2L));
      assertThat(
              JournalStore.get(next.journal.system)
                  .queues()
                  .stored()
                  .writers()
                  .toCompletableFuture()
                  .get())
          .containsKey(3);
    }
  }
}
