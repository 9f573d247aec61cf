package io.thalweg.journal.postgres;

import com.typesafe.config.ConfigFactory;
import io.thalweg.journal.JournalFixture;
import io.thalweg.journal.RetentionScript;

class PostgresRetentionTest extends RetentionScript {
  @Override
  protected JournalFixture open(String config) {
    return JournalFixture.open(
        ConfigFactory.parseString(config)
            .withFallback(TestPostgres.config(TestPostgres.newSchema())));
  }
}
