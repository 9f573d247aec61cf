package io.thalweg.journal.postgres;

import com.typesafe.config.ConfigFactory;
import org.apache.pekko.persistence.CapabilityFlag;
import org.apache.pekko.persistence.japi.journal.JavaJournalSpec;
import org.junit.runner.RunWith;
import org.scalatestplus.junit.JUnitRunner;

/** Pekko's own tests of journals. */
@RunWith(JUnitRunner.class)
public class PostgresJournalTckTest extends JavaJournalSpec {
  public PostgresJournalTckTest() {
    super(TestPostgres.config(TestPostgres.newSchema()).withFallback(ConfigFactory.load()));
  }

  @Override
  public CapabilityFlag supportsMetadata() {
    return CapabilityFlag.on();
  }
}
