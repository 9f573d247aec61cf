package io.thalweg.journal.postgres;

import io.thalweg.journal.KeyRecord;
import io.thalweg.journal.QueueRow;
import io.thalweg.journal.RecordWrite;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.postgresql.PGConnection;

/**
 * The call of the function {@code flush}, which stands with its arguments' meaning in {@code
 * V1__journal.sql}, or of {@code flush_queued} in {@code V2__queues.sql} where something goes into
 * queues. It collects rows, and sends them in one round trip.
 */
final class FlushStatement {
  private static final int DEADLINE = 1;
  private static final int SNAPSHOT = 2;
  private static final int EVENTS_DELETION = 3;
  private static final int SNAPSHOTS_DELETION = 4;
  private static final int DEADLINE_DELETION = 5;

  private final Map<Integer, Tenure> shards = new TreeMap<>();
  private final List<String> lookupIds = new ArrayList<>();
  private final Numbers lookupShards = new Numbers();
  private final Numbers lookupFirsts = new Numbers();
  private final List<String> newIds = new ArrayList<>();
  private final Numbers newShards = new Numbers();
  private final List<String> eventIds = new ArrayList<>();
  private final Numbers eventNumbers = new Numbers();
  private final Numbers eventShards = new Numbers();
  private final Numbers eventEpochs = new Numbers();
  private final List<byte[]> eventRows = new ArrayList<>();
  private final Numbers otherKinds = new Numbers();
  private final List<String> otherIds = new ArrayList<>();
  private final Numbers otherShards = new Numbers();
  private final Numbers otherAs = new Numbers();
  private final Numbers otherBs = new Numbers();
  private final Numbers otherCs = new Numbers();
  private final Numbers otherDs = new Numbers();
  private final List<byte[]> otherRows = new ArrayList<>();
  private final List<String> queueNames = new ArrayList<>(0);
  private final Numbers queueShards = new Numbers();
  private final List<String> queueIds = new ArrayList<>(0);
  private final List<byte[]> queueRows = new ArrayList<>(0);

  /** What was not done. */
  sealed interface Refusal {
    /** Everything of a shard: another node owns it. */
    record OfShard(int shard, String owner, String node) implements Refusal {}

    /** Everything of an id: its highest number is another. */
    record OfNumber(String id, long highest) implements Refusal {}

    /** Everything of an id: its events end before its newest snapshot. */
    record OfDamage(String id, long highest) implements Refusal {}
  }

  boolean isEmpty() {
    return eventIds.isEmpty() && otherIds.isEmpty();
  }

  /** The tenures that it relies on. */
  Iterable<Tenure> tenures() {
    return shards.values();
  }

  /** An id's highest number is to be looked up: it must be the one before this. */
  void lookup(String id, Tenure tenure, long first) {
    lookupIds.add(id);
    lookupShards.add(tenure.shard());
    lookupFirsts.add(first);
  }

  void event(String id, Tenure tenure, long number, byte[] row) {
    shards.put(tenure.shard(), tenure);
    if (number == 1) {
      newIds.add(id);
      newShards.add(tenure.shard());
    }
    eventIds.add(id);
    eventNumbers.add(number);
    eventShards.add(tenure.shard());
    eventEpochs.add(tenure.epoch());
    eventRows.add(row);
  }

  /** Goes into a queue with the id's events. */
  void queue(String id, Tenure tenure, QueueRow queued) {
    queueNames.add(queued.queue());
    queueShards.add(tenure.shard());
    queueIds.add(id);
    queueRows.add(queued.row());
  }

  void deadline(String id, Tenure tenure, long atNanos) {
    other(DEADLINE, id, tenure.shard(), atNanos, 0, 0, 0, new byte[0]);
  }

  void snapshot(String id, Tenure tenure, KeyRecord.Mark mark, byte[] row) {
    shards.put(tenure.shard(), tenure);
    other(SNAPSHOT, id, tenure.shard(), mark.sequence(), mark.timestamp(), 0, 0, row);
  }

  void deleteEvents(String id, Tenure tenure, long to) {
    shards.put(tenure.shard(), tenure);
    other(EVENTS_DELETION, id, tenure.shard(), to, 0, 0, 0, new byte[0]);
  }

  void deleteSnapshots(String id, Tenure tenure, RecordWrite.Among among) {
    shards.put(tenure.shard(), tenure);
    other(
        SNAPSHOTS_DELETION,
        id,
        tenure.shard(),
        among.sequenceMin(),
        among.sequenceMax(),
        among.timestampMin(),
        among.timestampMax(),
        new byte[0]);
  }

  void deleteDeadline(String id, long atNanos) {
    other(DEADLINE_DELETION, id, 0, atNanos, 0, 0, 0, new byte[0]);
  }

  private void other(int kind, String id, int shard, long a, long b, long c, long d, byte[] row) {
    otherKinds.add(kind);
    otherIds.add(id);
    otherShards.add(shard);
    otherAs.add(a);
    otherBs.add(b);
    otherCs.add(c);
    otherDs.add(d);
    otherRows.add(row);
  }

  /** Commits. What is not refused is durable when this returns. */
  List<Refusal> execute(Connection connection, String schema, String owner, int snapshotsKept)
      throws SQLException {
    Numbers numbers = new Numbers();
    Numbers epochs = new Numbers();
    for (Tenure tenure : shards.values()) {
      numbers.add(tenure.shard());
      epochs.add(tenure.epoch());
    }
    String function =
        queueNames.isEmpty()
            ? ".flush(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
            : ".flush_queued(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";
    try (PreparedStatement call =
        connection.prepareStatement(
            "select refusal, id, number, owner from " + schema + function)) {
      Arguments arguments = new Arguments(call, connection.unwrap(PGConnection.class));
      arguments.text(owner);
      arguments.ints(numbers).longs(epochs);
      arguments.texts(lookupIds).ints(lookupShards).longs(lookupFirsts);
      arguments.texts(newIds).ints(newShards);
      arguments.texts(eventIds).longs(eventNumbers).ints(eventShards).longs(eventEpochs);
      arguments.bytes(eventRows);
      arguments.ints(otherKinds).texts(otherIds).ints(otherShards);
      arguments.longs(otherAs).longs(otherBs).longs(otherCs).longs(otherDs).bytes(otherRows);
      arguments.number(snapshotsKept);
      if (!queueNames.isEmpty()) {
        arguments.texts(queueNames).ints(queueShards).texts(queueIds).bytes(queueRows);
      }
      try (ResultSet refusals = call.executeQuery()) {
        return read(refusals);
      }
    }
  }

  private static List<Refusal> read(ResultSet rows) throws SQLException {
    List<Refusal> refusals = new ArrayList<>(0);
    while (rows.next()) {
      String id = String.valueOf(rows.getString(2));
      long number = rows.getLong(3);
      refusals.add(
          switch (rows.getInt(1)) {
            case 1 -> new Refusal.OfShard((int) number, String.valueOf(rows.getString(4)), id);
            case 2 -> new Refusal.OfNumber(id, number);
            case 3 -> new Refusal.OfDamage(id, number);
            default -> throw new SQLException("an unknown refusal: " + rows.getInt(1));
          });
    }
    return refusals;
  }

  /** Sets arguments in order. */
  private static final class Arguments {
    private final PreparedStatement call;
    private final PGConnection arrays;
    private int index;

    Arguments(PreparedStatement call, PGConnection arrays) {
      this.call = call;
      this.arrays = arrays;
    }

    void text(String text) throws SQLException {
      call.setString(++index, text);
    }

    void number(int number) throws SQLException {
      call.setInt(++index, number);
    }

    Arguments texts(List<String> texts) throws SQLException {
      return array("text", texts.toArray(String[]::new));
    }

    Arguments ints(Numbers numbers) throws SQLException {
      return array("int4", numbers.toInts());
    }

    Arguments longs(Numbers numbers) throws SQLException {
      return array("int8", numbers.toLongs());
    }

    Arguments bytes(List<byte[]> rows) throws SQLException {
      return array("bytea", rows.toArray(byte[][]::new));
    }

    private Arguments array(String type, Object elements) throws SQLException {
      call.setArray(++index, arrays.createArrayOf(type, elements));
      return this;
    }
  }
}
