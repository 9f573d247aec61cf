package io.thalweg.journal.rocksdb;

import io.thalweg.journal.StoredQueues;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was put into queues last and still waits, so that who reads on in a queue need not ask the
 * folder for what has just gone there. The commit thread adds rows once they are committed; any
 * thread reads.
 *
 * <p>Of each shard it has all rows from some number on up to the head, or it does not know the
 * shard. It never has to have any: beyond its bound it forgets all of them.
 */
final class RecentRows {
  private static final int ROW_OVERHEAD_BYTES = 64;

  private record Place(String queue, int shard) {}

  /** Consecutive rows. */
  private static final class Run {
    private final List<byte[]> rows = new ArrayList<>();
    private long first; // the number of the first of them, or of the next one

    private Run(long first) {
      this.first = first;
    }

    private long next() {
      return first + rows.size();
    }
  }

  private final Map<Place, Run> runs = new HashMap<>();
  private final long bytesMax;
  private long bytes;

  /**
   * @param bytesMax what it may take
   */
  RecentRows(long bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** Adds rows that are committed, by ascending number in each shard. */
  synchronized void add(List<QueueHeads.Numbered> committed) {
    for (QueueHeads.Numbered row : committed) {
      bytes += size(row.row());
      if (bytes > bytesMax) {
        forget();
        bytes = size(row.row());
      }
      Place place = new Place(row.queue(), row.shard());
      Run run = runs.computeIfAbsent(place, unknown -> new Run(row.number()));
      if (run.next() != row.number()) {
        throw new IllegalStateException(
            "number %d of %s comes after %d".formatted(row.number(), place, run.next() - 1));
      }
      run.rows.add(row.row());
    }
  }

  /**
   * The first rows behind a number.
   *
   * @return empty where they are not known, and are to be read from the folder
   */
  synchronized Optional<List<StoredQueues.Waiting>> read(
      String queue, int shard, long after, int limit) {
    Run run = runs.get(new Place(queue, shard));
    if (run == null || after + 1 < run.first) {
      return Optional.empty();
    }
    int from = (int) Math.min(after + 1 - run.first, run.rows.size());
    int to = Math.min(run.rows.size(), from + limit);
    List<StoredQueues.Waiting> waiting = new ArrayList<>(to - from);
    for (int i = from; i < to; i++) {
      waiting.add(new StoredQueues.Waiting(shard, run.first + i, run.rows.get(i)));
    }
    return Optional.of(waiting);
  }

  /** Rows up to a number no longer wait. */
  synchronized void drop(String queue, int shard, long upTo) {
    Run run = runs.get(new Place(queue, shard));
    if (run == null || upTo < run.first) {
      return;
    }
    List<byte[]> gone = run.rows.subList(0, (int) Math.min(upTo + 1 - run.first, run.rows.size()));
    run.first += gone.size();
    gone.forEach(row -> bytes -= size(row));
    gone.clear();
  }

  /** It knows nothing any more: what is stored is to be read from the folder. */
  synchronized void forget() {
    runs.clear();
    bytes = 0;
  }

  private static int size(byte[] row) {
    return row.length + ROW_OVERHEAD_BYTES;
  }
}
