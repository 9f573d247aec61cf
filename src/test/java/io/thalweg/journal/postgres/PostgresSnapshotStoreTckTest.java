package io.thalweg.journal.postgres;

import com.typesafe.config.ConfigFactory;
import org.apache.pekko.persistence.CapabilityFlag;
import org.apache.pekko.persistence.japi.snapshot.JavaSnapshotStoreSpec;
import org.junit.runner.RunWith;
import org.scalatestplus.junit.JUnitRunner;

/** Pekko's own tests of snapshot stores, which want more than the two newest kept. */
@RunWith(JUnitRunner.class)
public class PostgresSnapshotStoreTckTest extends JavaSnapshotStoreSpec {
  public PostgresSnapshotStoreTckTest() {
    super(
        ConfigFactory.parseString("thalweg.journal.snapshots-kept = 10")
            .withFallback(TestPostgres.config(TestPostgres.newSchema()))
            .withFallback(ConfigFactory.load()));
  }

  @Override
  public CapabilityFlag supportsMetadata() {
    return CapabilityFlag.on();
  }
}
