package io.thalweg.journal.rocksdb;

import com.typesafe.config.ConfigFactory;
import io.thalweg.journal.TestSystems;
import org.apache.pekko.persistence.CapabilityFlag;
import org.apache.pekko.persistence.japi.journal.JavaJournalSpec;
import org.junit.runner.RunWith;
import org.scalatestplus.junit.JUnitRunner;

/** Pekko's own tests of journals. */
@RunWith(JUnitRunner.class)
public class RocksJournalTckTest extends JavaJournalSpec {
  public RocksJournalTckTest() {
    super(TestSystems.config(TestSystems.temporaryFolder()).withFallback(ConfigFactory.load()));
  }

  @Override
  public CapabilityFlag supportsMetadata() {
    return CapabilityFlag.on();
  }
}
