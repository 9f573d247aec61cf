package io.thalweg.journal.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.thalweg.journal.JournalFixture;
import io.thalweg.journal.RetentionScript;
import org.junit.jupiter.api.Test;

class PostgresRetentionTest {

  @Test
  void eventsBelowTheOldestSnapshotGoAndThatIsSaid() throws Throwable {
    try (JournalFixture journal = open(RetentionScript.DOWN_TO_THE_OLDEST_SNAPSHOT)) {
      assertThat(RetentionScript.firstKept(journal)).isEqualTo(16);
      assertThat(RetentionScript.kept(journal).firstState()).isEqualTo(15);
      RetentionScript.tellsWhatIsKept(journal, 16);
    }
  }

  @Test
  void newestEventsAreKeptByNumber() throws Throwable {
    try (JournalFixture journal = open(RetentionScript.KEEPING_SEVEN)) {
      assertThat(RetentionScript.firstKept(journal)).isEqualTo(14);
      RetentionScript.tellsWhatIsKept(journal, 14);
    }
  }

  @Test
  void eventsAreKeptByAge() throws Throwable {
    try (JournalFixture journal = open(RetentionScript.KEEPING_A_DAY)) {
      assertThat(RetentionScript.firstKept(journal)).isEqualTo(1);
    }
  }

  private JournalFixture open(String config) {
    return JournalFixture.open(
        ConfigFactory.parseString(config)
            .withFallback(TestPostgres.config(TestPostgres.newSchema())));
  }
}
