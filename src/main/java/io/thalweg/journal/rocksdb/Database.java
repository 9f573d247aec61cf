package io.thalweg.journal.rocksdb;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksObject;
import org.rocksdb.WALRecoveryMode;

/**
 * The open data folder: RocksDB with one column family for events, one for snapshots, one for what
 * is known of each key, one for when keys are to be looked at, and one for queues of results.
 *
 * <p>Values of events and snapshots live in blob files, each record under a checksum of its own,
 * and nothing ever moves them: compactions see keys alone. So a flipped byte in a value damages one
 * row, and is found when that row is read. (Collecting garbage in blob files stays off for the same
 * reason; a blob file goes when none of its rows is left.)
 *
 * <p>The write-ahead log may lack an incomplete tail, which no one was told to be durable. Any
 * other damage in it makes opening fail.
 */
final class Database {
  private static final int INFO_LOGS_KEPT = 5;
  private static final int BLOOM_BITS = 10;
  private static final List<String> FAMILIES =
      List.of("default", "events", "snapshots", "meta", "deadlines", "queues");
  private static final int NEVER = Integer.MAX_VALUE;

  /** Whether compactions run. Without them reads get slower with each flush, but nothing fails. */
  enum Compactions {
    ON,
    OFF
  }

  final RocksDB rocks;
  final ColumnFamilyHandle events;
  final ColumnFamilyHandle snapshots;
  final ColumnFamilyHandle meta;
  final ColumnFamilyHandle deadlines;
  final ColumnFamilyHandle queues;
  private final List<ColumnFamilyHandle> handles;
  private final List<RocksObject> options;

  private Database(RocksDB rocks, List<ColumnFamilyHandle> handles, List<RocksObject> options) {
    this.rocks = rocks;
    this.handles = handles;
    this.options = options;
    this.events = handles.get(1);
    this.snapshots = handles.get(2);
    this.meta = handles.get(3);
    this.deadlines = handles.get(4);
    this.queues = handles.get(5);
  }

  /**
   * Opens the folder, creating it where it is missing.
   *
   * @throws DataFolderInUseException if it is open elsewhere
   * @throws DataFolderException if it can't be created, read or written, or is damaged
   */
  static Database open(Path folder, RocksSettings.Memory settings, Compactions compactions) {
    try {
      Path library = Files.createDirectories(folder.resolve("native"));
      // Left to itself the library unpacks into the folder for temporary files, and a process that
      // is
      // killed leaves its copy there.
      NativeLibraryLoader.getInstance().loadLibrary(library.toString());
    } catch (IOException e) {
      throw new DataFolderException(folder, "can't be created: " + e, e);
    }
    RocksDB.loadLibrary();
    List<RocksObject> options = new ArrayList<>();
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try {
      DBOptions dbOptions = dbOptions(settings, options);
      List<ColumnFamilyDescriptor> families = families(settings, compactions, options);
      RocksDB rocks = RocksDB.open(dbOptions, folder.toString(), families, handles);
      return new Database(rocks, handles, options);
    } catch (RocksDBException e) {
      closeAll(options);
      throw refusal(folder, e);
    }
  }

  /**
   * Closes the folder; no read may be under way.
   *
   * @param flush whether to write out what is in memory first, so that the log is empty and the
   *     next start quick
   */
  @Nullable RocksDBException close(boolean flush) {
    RocksDBException failure = null;
    if (flush) {
      try (FlushOptions wait = new FlushOptions().setWaitForFlush(true)) {
        rocks.flush(wait, handles);
      } catch (RocksDBException e) {
        failure = e; // the log still has it all
      }
    }
    closeAll(handles);
    rocks.close();
    closeAll(options);
    return failure;
  }

  private static DBOptions dbOptions(RocksSettings.Memory settings, List<RocksObject> options) {
    DBOptions db = new DBOptions();
    options.add(db);
    return db.setCreateIfMissing(true)
        .setCreateMissingColumnFamilies(true)
        .setParanoidChecks(true)
        .setWalRecoveryMode(WALRecoveryMode.TolerateCorruptedTailRecords)
        .setMaxTotalWalSize(settings.walBytesMax())
        .setDbWriteBufferSize(settings.writeBufferBytes())
        .setMaxOpenFiles(settings.openFilesMax())
        .setMaxBackgroundJobs(settings.backgroundJobsMax())
        .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
        .setMaxLogFileSize(settings.infoLogBytesMax())
        .setKeepLogFileNum(INFO_LOGS_KEPT)
        .setStatsDumpPeriodSec(0)
        .setStatsPersistPeriodSec(0);
  }

  private static List<ColumnFamilyDescriptor> families(
      RocksSettings.Memory settings, Compactions compactions, List<RocksObject> options) {
    LRUCache cache = new LRUCache(settings.blockCacheBytes());
    BloomFilter filter = new BloomFilter(BLOOM_BITS);
    options.add(cache);
    options.add(filter);
    BlockBasedTableConfig table =
        new BlockBasedTableConfig().setBlockCache(cache).setFilterPolicy(filter);
    List<ColumnFamilyDescriptor> families = new ArrayList<>();
    for (String name : FAMILIES) {
      ColumnFamilyOptions family = new ColumnFamilyOptions();
      options.add(family);
      family
          .setTableFormatConfig(table)
          .setWriteBufferSize(settings.writeBufferBytes())
          .setCompressionType(CompressionType.NO_COMPRESSION)
          .setDisableAutoCompactions(compactions == Compactions.OFF);
      if (compactions == Compactions.OFF) {
        family.setLevel0SlowdownWritesTrigger(NEVER).setLevel0StopWritesTrigger(NEVER);
      }
      if (name.equals("events") || name.equals("snapshots")) {
        family
            .setEnableBlobFiles(true)
            .setMinBlobSize(0)
            .setBlobFileSize(settings.writeBufferBytes())
            .setBlobCompressionType(CompressionType.LZ4_COMPRESSION)
            .setEnableBlobGarbageCollection(false);
      }
      families.add(new ColumnFamilyDescriptor(name.getBytes(StandardCharsets.US_ASCII), family));
    }
    return families;
  }

  private static DataFolderException refusal(Path folder, RocksDBException e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("/LOCK: ")) {
      return new DataFolderInUseException(folder, e);
    }
    return StoreFailure.isCorruption(e)
        ? new DataFolderException(folder, "is damaged: " + message, e)
        : new DataFolderException(folder, "can't be opened: " + message, e);
  }

  private static void closeAll(List<? extends AutoCloseable> closeables) {
    for (AutoCloseable closeable : closeables.reversed()) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw new IllegalStateException("native objects close without an error", e);
      }
    }
  }
}
