package io.thalweg.journal.rocksdb;

import com.typesafe.config.ConfigFactory;
import io.thalweg.journal.TestSystems;
import org.apache.pekko.persistence.CapabilityFlag;
import org.apache.pekko.persistence.japi.snapshot.JavaSnapshotStoreSpec;
import org.junit.runner.RunWith;
import org.scalatestplus.junit.JUnitRunner;

/** Pekko's own tests of snapshot stores, which want more than the two newest kept. */
@RunWith(JUnitRunner.class)
public class RocksSnapshotStoreTckTest extends JavaSnapshotStoreSpec {
  public RocksSnapshotStoreTckTest() {
    super(
        ConfigFactory.parseString("thalweg.journal.snapshots-kept = 10")
            .withFallback(TestSystems.config(TestSystems.temporaryFolder()))
            .withFallback(ConfigFactory.load()));
  }

  @Override
  public CapabilityFlag supportsMetadata() {
    return CapabilityFlag.on();
  }
}
