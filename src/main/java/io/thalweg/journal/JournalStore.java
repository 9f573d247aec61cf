package io.thalweg.journal;

import com.typesafe.config.Config;
import io.thalweg.journal.postgres.PostgresSettings;
import io.thalweg.journal.postgres.PostgresStore;
import io.thalweg.journal.rocksdb.RocksSettings;
import io.thalweg.journal.rocksdb.RocksStore;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ClassicActorSystemProvider;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store of an actor system, as {@code thalweg.journal.store} chooses it: journal, snapshot
 * store and history share it.
 *
 * <p>It opens when first asked for and closes when the actor system has stopped its actors. Whoever
 * starts a node asks for it early, to learn at once whether the store can be used.
 */
public final class JournalStore implements Extension {
  private static final Logger LOG = LoggerFactory.getLogger(JournalStore.class);
  private static final String READ_DISPATCHER = "thalweg.journal.read-dispatcher";
  private static final Id ID = new Id();

  private final Payloads payloads;
  private final Store store;
  private final History history;
  private final DueKeys dueKeys;
  private final Retention retention;
  private final ResultQueues queues;

  private JournalStore(ExtendedActorSystem system) {
    Config config = system.settings().config();
    JournalSettings settings = JournalSettings.from(config);
    payloads = new Payloads(system);
    store =
        switch (settings.kind()) {
          case ROCKSDB ->
              new RocksStore(
                  settings,
                  RocksSettings.from(config),
                  system.dispatchers().lookup(READ_DISPATCHER));
          case POSTGRES ->
              new PostgresStore(
                  settings,
                  PostgresSettings.from(config),
                  system.provider().getDefaultAddress().toString());
        };
    retention =
        new Retention(
            RetentionSettings.from(config),
            settings.snapshotsKept(),
            store,
            payloads,
            System::currentTimeMillis);
    history = new StoredHistory(store, payloads, settings.historyBatch());
    dueKeys = new StoredDueKeys(store);
    queues = new ResultQueues(store);
    system.registerOnTermination(this::close);
  }

  /**
   * Of an actor system; opens the store at the first call.
   *
   * @throws StoreStartException if it can't be used
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
    JournalSettings settings = JournalSettings.from(config);
    var checked = RetentionSettings.from(config);
    var unused =
        switch (settings.kind()) {
          case ROCKSDB -> RocksSettings.from(config);
          case POSTGRES -> PostgresSettings.from(config);
        };
  }

  /** What the journal holds of each key. */
  public History history() {
    return history;
  }

  /** The keys that are to be looked at. */
  public DueKeys dueKeys() {
    return dueKeys;
  }

  /** Results that wait to be told elsewhere. */
  public ResultQueues queues() {
    return queues;
  }

  /** Is told which shards this node has. */
  public ShardOwnership ownership() {
    return store.ownership();
  }

  /** Whether a write would be taken now: the store answers, and there is room. */
  public boolean isWritable() {
    return store.isWritable();
  }

  /** How the store is doing. Cheap enough to be asked every second. */
  public StoreStatus status() {
    return store.status();
  }

  Payloads payloads() {
    return payloads;
  }

  /** For the plugins, and for tests. */
  public Store store() {
    return store;
  }

  Retention retention() {
    return retention;
  }

  private void close() {
    try {
      store.close();
    } catch (InterruptedException e) {
      LOG.warn("Interrupted while closing; what was not committed is told to be unknown", e);
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
