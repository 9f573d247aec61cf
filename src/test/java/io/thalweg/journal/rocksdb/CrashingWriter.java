package io.thalweg.journal.rocksdb;

import io.thalweg.journal.JournalFixture;
import java.nio.file.Path;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Props;
import org.apache.pekko.actor.UntypedAbstractActor;
import org.apache.pekko.persistence.JournalProtocol;

/** Writes without end, and prints each acknowledgement, until it is killed. */
final class CrashingWriter {
  static final String ACKNOWLEDGED = "acknowledged";
  private static final int KEYS = 50;

  private CrashingWriter() {}

  public static void main(String[] args) {
    JournalFixture journal = JournalFixture.open(Path.of(args[0]));
    for (int i = 0; i < KEYS; i++) {
      String key = "s/" + i;
      journal.system.actorOf(Props.create(Writer.class, () -> new Writer(journal, key)));
    }
  }

  static String event(String key, long version) {
    return key + " at " + version + " " + "x".repeat((int) (version % 500));
  }

  /** Writes the next event when the last one is acknowledged. */
  private static final class Writer extends UntypedAbstractActor {
    private final JournalFixture journal;
    private final String key;
    private long version;

    Writer(JournalFixture journal, String key) {
      this.journal = journal;
      this.key = key;
    }

    @Override
    public void preStart() {
      writeNext(getSelf());
    }

    @Override
    public void onReceive(Object message) {
      if (message instanceof JournalProtocol.WriteMessageSuccess) {
        System.out.println(ACKNOWLEDGED + " " + key + " " + version);
        writeNext(getSelf());
      }
    }

    private void writeNext(ActorRef self) {
      version++;
      journal.send(self, key, version, event(key, version));
    }
  }
}
