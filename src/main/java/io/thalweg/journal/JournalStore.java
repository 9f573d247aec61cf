package io.thalweg.journal;

import com.typesafe.config.Config;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.ExecutionContextExecutor;

/**
 * The data folder of an actor system: journal, snapshot store and history share it.
 *
 * <p>It opens when first asked for and closes when the actor system has stopped its actors. Whoever
 * starts a node asks for it early, to learn at once whether the folder can be used.
 */
public final class JournalStore implements Extension {
  private static final Logger LOG = LoggerFactory.getLogger(JournalStore.class);
  private static final String READ_DISPATCHER = "thalweg.journal.read-dispatcher";
  private static final Id ID = new Id();

  private final JournalSettings settings;
  private final Payloads payloads;
  private final ExecutionContextExecutor readDispatcher;
  private final OpenFolder folder;
  private final CommitThread commits;
  private final History history;
  private final DueKeys dueKeys;

  private JournalStore(ActorSystem system) {
    settings = JournalSettings.from(system.settings().config());
    payloads = new Payloads(system);
    readDispatcher = system.dispatchers().lookup(READ_DISPATCHER);
    folder = new OpenFolder(settings);
    commits = new CommitThread(settings, folder);
    history = new StoredHistory(folder, payloads, readDispatcher, settings.historyBatch());
    dueKeys = new StoredDueKeys(folder, readDispatcher, commits::submit);
    commits.start();
    system.registerOnTermination(this::close);
  }

  /**
   * Of an actor system; opens the folder at the first call.
   *
   * @throws DataFolderInUseException if another node has it open
   * @throws DataFolderException if it can't be created, read or written, or is damaged
   */
  public static JournalStore get(ClassicActorSystemProvider system) {
    return ID.get(system);
  }

  /**
   * Reads the settings, and nothing else.
   *
   * @throws IllegalArgumentException if one of them is out of its bounds
   */
  public static void check(Config config) {
    var unused = JournalSettings.from(config);
  }

  /** What the journal holds of each key. */
  public History history() {
    return history;
  }

  /** The keys that are to be looked at. */
  public DueKeys dueKeys() {
    return dueKeys;
  }

  /** Whether a write would be taken now: the folder is open, and there is room on its volume. */
  public boolean isWritable() {
    return commits.isWritable();
  }

  public StoreStatus status() {
    return new StoreStatus("rocksdb", isWritable(), 0, 0, 0, 0, 0);
  }

  JournalSettings settings() {
    return settings;
  }

  Payloads payloads() {
    return payloads;
  }

  OpenFolder folder() {
    return folder;
  }

  /** For reads, which block on the disk. */
  ExecutionContextExecutor readDispatcher() {
    return readDispatcher;
  }

  void submit(Write write) {
    commits.submit(write);
  }

  private void close() {
    try {
      commits.close();
      folder.close();
    } catch (InterruptedException e) {
      LOG.warn("Interrupted while closing; the log is read at the next start", e);
      Thread.currentThread().interrupt();
    }
  }

  private static final class Id extends AbstractExtensionId<JournalStore> {
    @Override
    public JournalStore createExtension(ExtendedActorSystem system) {
      return new JournalStore(system);
    }
  }
}
