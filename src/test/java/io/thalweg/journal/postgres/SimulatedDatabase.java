package io.thalweg.journal.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL holds of the journal, and what its function {@code flush} does with it, by the
 * contract in {@code V1__journal.sql}: each call is one transaction, done or not done. Of one
 * thread.
 */
public class SimulatedDatabase {

  /** Hears what is committed, as it is. */
  public interface Ledger {
    void claimed(int shard, long epoch, String owner);

    void stored(String id, long number, int shard, long epoch, String owner, byte[] row);
  }

  /** A shard's row; nobody's owner and node are null. */
  static final class Owner {
    @Nullable String owner;
    @Nullable String node;
    long epoch;
  }

  private record Snapshot(long timestamp, byte[] row) {}

  /** The arguments of a flush, in their order. */
  private static final class Call {
    private final Object[] arguments;

    Call(Object[] arguments) {
      this.arguments = arguments;
    }

    int[] ints(int index) {
      return (int[]) arguments[index];
    }

    long[] longs(int index) {
      return (long[]) arguments[index];
    }

    String[] texts(int index) {
      return (String[]) arguments[index];
    }

    byte[][] bytes(int index) {
      return (byte[][]) arguments[index];
    }
  }

  private final Owner[] shards;
  private final Ledger ledger;

  /** By id: up to which number events were deleted. */
  private final Map<String, Long> deletedTo = new TreeMap<>();

  private final Map<String, TreeMap<Long, byte[]>> events = new TreeMap<>();
  private final Map<String, TreeMap<Long, Snapshot>> snapshots = new TreeMap<>();
  private final Set<String> deadlines = new TreeSet<>();

  public SimulatedDatabase(int shardCount, Ledger ledger) {
    this.ledger = ledger;
    shards = new Owner[shardCount];
    for (int i = 0; i < shardCount; i++) {
      shards[i] = new Owner();
    }
  }

  /** Whether a flush may write to a shard. */
  protected boolean owns(int shard, String caller, long epoch) {
    Owner row = shards[shard];
    return caller.equals(row.owner) && row.epoch == epoch;
  }

  /** Whether a number that is taken fails the flush. */
  protected boolean isConflict(String id, long number) {
    return eventsOf(id).containsKey(number);
  }

  /** Whether an event that is told to be stored is. */
  protected boolean keeps(String id, long number) {
    return true;
  }

  /** By how much a claim raises the epoch. */
  protected long claimRaisesBy() {
    return 1;
  }

  Owner owner(int shard) {
    return shards[shard];
  }

  /** Whether the shard was taken over: its epoch was the one that was named. */
  boolean claim(int shard, long epoch, String owner, String node) {
    Owner row = shards[shard];
    if (row.epoch != epoch) {
      return false;
    }
    row.owner = owner;
    row.node = node;
    row.epoch += claimRaisesBy();
    ledger.claimed(shard, row.epoch, owner);
    return true;
  }

  /** Refusals as rows: kind, id or node, number, owner. */
  List<Object[]> flush(Object[] arguments) throws SQLException {
    Call call = new Call(arguments);
    String caller = (String) arguments[0];
    Map<Integer, Long> owned = new TreeMap<>();
    List<Object[]> refusals = new ArrayList<>();
    for (int i = 0; i < call.ints(1).length; i++) {
      int shard = call.ints(1)[i];
      if (owns(shard, caller, call.longs(2)[i])) {
        owned.put(shard, call.longs(2)[i]);
      } else {
        refusals.add(new Object[] {1, shards[shard].node, (long) shard, shards[shard].owner});
      }
    }
    Set<String> refused = refuseNumbers(call, owned, refusals);
    requireNoConflict(call, owned, refused);
    storeEvents(call, caller, owned, refused);
    others(call, owned, refused);
    return refusals;
  }

  private Set<String> refuseNumbers(Call call, Map<Integer, Long> owned, List<Object[]> refusals) {
    Set<String> refused = new HashSet<>();
    for (int i = 0; i < call.texts(3).length; i++) {
      String id = call.texts(3)[i];
      long highest = Math.max(newestEvent(id), deletedTo.getOrDefault(id, 0L));
      long snapshot = newestSnapshot(id);
      if (owned.containsKey(call.ints(4)[i])
          && (highest + 1 != call.longs(5)[i] || highest < snapshot)) {
        refused.add(id);
        refusals.add(new Object[] {highest < snapshot ? 3 : 2, id, highest, null});
      }
    }
    return refused;
  }

  private void requireNoConflict(Call call, Map<Integer, Long> owned, Set<String> refused)
      throws SQLException {
    Set<String> inserted = new HashSet<>();
    for (int i = 0; i < call.texts(8).length; i++) {
      String id = call.texts(8)[i];
      long number = call.longs(9)[i];
      if (owned.containsKey(call.ints(10)[i])
          && !refused.contains(id)
          && (isConflict(id, number) || !inserted.add(id + '@' + number))) {
        throw new SQLException("duplicate key: " + id + " " + number, "23505");
      }
    }
  }

  private void storeEvents(
      Call call, String caller, Map<Integer, Long> owned, Set<String> refused) {
    for (int i = 0; i < call.texts(6).length; i++) {
      if (owned.containsKey(call.ints(7)[i]) && !refused.contains(call.texts(6)[i])) {
        deletedTo.putIfAbsent(call.texts(6)[i], 0L);
      }
    }
    for (int i = 0; i < call.texts(8).length; i++) {
      String id = call.texts(8)[i];
      long number = call.longs(9)[i];
      int shard = call.ints(10)[i];
      if (owned.containsKey(shard) && !refused.contains(id) && keeps(id, number)) {
        eventsOf(id).put(number, call.bytes(12)[i]);
        ledger.stored(id, number, shard, call.longs(11)[i], caller, call.bytes(12)[i]);
      }
    }
  }

  /** By kinds, in the order in which the function does them. */
  private void others(Call call, Map<Integer, Long> owned, Set<String> refused) {
    int[] kinds = call.ints(13);
    for (int kind = 1; kind <= 5; kind++) {
      for (int i = 0; i < kinds.length; i++) {
        if (kinds[i] == kind && (kind == 5 || owned.containsKey(call.ints(15)[i]))) {
          other(kind, i, call, refused);
        }
      }
    }
  }

  private void other(int kind, int i, Call call, Set<String> refused) {
    String id = call.texts(14)[i];
    long a = call.longs(16)[i];
    long b = call.longs(17)[i];
    switch (kind) {
      case 1 -> {
        if (!refused.contains(id)) {
          deadlines.add(a + "@" + id);
        }
      }
      case 2 -> {
        deletedTo.putIfAbsent(id, 0L);
        TreeMap<Long, Snapshot> ofId = snapshotsOf(id);
        ofId.put(a, new Snapshot(b, call.bytes(20)[i]));
        while (ofId.size() > (int) call.arguments[21]) {
          ofId.pollFirstEntry();
        }
      }
      case 3 -> deleteEvents(id, a);
      case 4 -> {
        long timeMin = call.longs(18)[i];
        long timeMax = call.longs(19)[i];
        snapshotsOf(id)
            .entrySet()
            .removeIf(
                s ->
                    s.getKey() >= a
                        && s.getKey() <= b
                        && s.getValue().timestamp() >= timeMin
                        && s.getValue().timestamp() <= timeMax);
      }
      default -> deadlines.remove(a + "@" + id);
    }
  }

  private void deleteEvents(String id, long to) {
    Long before = deletedTo.get(id);
    if (before != null) {
      long last = Math.max(before, Math.min(to, newestEvent(id)));
      deletedTo.put(id, last);
      eventsOf(id).headMap(Math.min(to, last), true).clear();
    }
  }

  /** Rows of: deleted to, newest event, newest snapshot. */
  List<Object[]> extent(String id) {
    Long deleted = deletedTo.get(id);
    return deleted == null
        ? List.of()
        : List.<Object[]>of(new Object[] {deleted, newestEvent(id), newestSnapshot(id)});
  }

  /** Rows of: deleted to, numbers and times of the snapshots. */
  List<Object[]> record(String id) {
    Long deleted = deletedTo.get(id);
    return deleted == null
        ? List.of()
        : List.<Object[]>of(
            new Object[] {
              deleted,
              snapshotsOf(id).keySet().toArray(Long[]::new),
              snapshotsOf(id).values().stream().map(Snapshot::timestamp).toArray(Long[]::new)
            });
  }

  /** Rows of: number, row. */
  List<Object[]> events(String id, long from, long to, int limit) {
    List<Object[]> rows = new ArrayList<>();
    if (from <= to) {
      for (var event : eventsOf(id).subMap(from, true, to, true).entrySet()) {
        if (rows.size() == limit) {
          break;
        }
        rows.add(new Object[] {event.getKey(), event.getValue()});
      }
    }
    return rows;
  }

  /** Rows of: row. */
  List<Object[]> snapshot(String id, long number) {
    Snapshot snapshot = snapshotsOf(id).get(number);
    return snapshot == null ? List.of() : List.<Object[]>of(new Object[] {snapshot.row()});
  }

  /** All that is stored, as text: what a contract can be compared by. */
  String contents() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < shards.length; i++) {
      text.append(i).append(" of ").append(shards[i].owner).append(' ').append(shards[i].epoch);
      text.append('\n');
    }
    deletedTo.forEach(
        (id, deleted) -> {
          text.append(id).append(" to ").append(deleted).append('\n');
          eventsOf(id).forEach((number, row) -> append(text, id + " event " + number, row));
          snapshotsOf(id)
              .forEach(
                  (number, snapshot) ->
                      append(
                          text,
                          id + " snapshot " + number + " at " + snapshot.timestamp(),
                          snapshot.row()));
        });
    return text.append(deadlines).toString();
  }

  private static void append(StringBuilder text, String what, byte[] row) {
    text.append(what).append(' ').append(HexFormat.of().formatHex(row)).append('\n');
  }

  private long newestEvent(String id) {
    return eventsOf(id).isEmpty() ? 0 : eventsOf(id).lastKey();
  }

  private long newestSnapshot(String id) {
    return snapshotsOf(id).isEmpty() ? 0 : snapshotsOf(id).lastKey();
  }

  private TreeMap<Long, byte[]> eventsOf(String id) {
    return events.computeIfAbsent(id, some -> new TreeMap<>());
  }

  private TreeMap<Long, Snapshot> snapshotsOf(String id) {
    return snapshots.computeIfAbsent(id, some -> new TreeMap<>());
  }
}
