package io.thalweg.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.journal.v1.Batch;
import io.thalweg.journal.v1.Recorded;
import io.thalweg.v1.GetKeyRequest;
import io.thalweg.v1.QueryServiceGrpc;
import io.thalweg.v1.Summary;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is left after the faults, read by plain SQL: of each key the numbers of its events are
 * contiguous, their epochs never decrease, every batch stands there once and in its producer's
 * order, and folding the events gives the key's state, bit for bit; and that state is what the
 * producers have sent.
 */
final class Audit {
  private static final String EVENTS =
      "SELECT persistence_id, sequence_nr, epoch, row FROM thalweg.events"
          + " WHERE persistence_id COLLATE \"C\" >= ? AND persistence_id COLLATE \"C\" < ?"
          + " ORDER BY persistence_id COLLATE \"C\", sequence_nr";

  private final Samples samples;
  private final Map<String, Long> lastSequences;
  private final StreamDefinition definition;
  private long events;
  private long epochsMax;

  private Audit(Samples samples, Map<String, Long> lastSequences, StreamDefinition definition) {
    this.samples = samples;
    this.lastSequences = lastSequences;
    this.definition = definition;
  }

  /** What was found. */
  record Result(long events, long samples, long epochsMax) {}

  /**
   * @param lastSequences of each producer, all of whose batches were acknowledged
   * @param node which is asked for the states
   */
  static Result of(
      Samples samples,
      Map<String, Long> lastSequences,
      StreamDefinition definition,
      PostgresProcess postgres,
      ClusterNode node)
      throws SQLException {
    Audit audit = new Audit(samples, lastSequences, definition);
    Map<String, KeyState> folded = audit.readJournal(postgres);
    assertThat(folded).as("keys in the journal").hasSize(Samples.KEYS);
    long counted = 0;
    for (int k = 0; k < Samples.KEYS; k++) {
      String key = samples.key(k);
      io.thalweg.v1.KeyState told =
          QueryServiceGrpc.newBlockingStub(node.channel())
              .withDeadlineAfter(20, TimeUnit.SECONDS)
              .getKey(
                  GetKeyRequest.newBuilder().setStream(FaultCluster.STREAM).setKey(key).build());
      audit.checkTotal(k, told.getTotal());
      checkFold(
          key, Objects.requireNonNull(folded.get(FaultCluster.STREAM + "/" + key), key), told);
      counted += told.getTotal().getCount();
    }
    return new Result(audit.events, counted, audit.epochsMax);
  }

  private Map<String, KeyState> readJournal(PostgresProcess postgres) throws SQLException {
    Map<String, KeyState> states = new HashMap<>();
    String prefix = FaultCluster.STREAM + "/" + samples.prefix() + "-";
    try (Connection connection = postgres.connect()) {
      connection.setAutoCommit(false);
      try (var statement = connection.prepareStatement(EVENTS)) {
        statement.setFetchSize(1_000);
        statement.setString(1, prefix);
        statement.setString(2, prefix + ":"); // what comes after the digits
        try (ResultSet rows = statement.executeQuery()) {
          Track track = null;
          while (rows.next()) {
            String id = rows.getString(1);
            if (track == null || !track.id.equals(id)) {
              finish(track, states);
              track = new Track(id);
            }
            track.add(rows.getLong(2), rows.getLong(3), rows.getBytes(4));
            events++;
          }
          finish(track, states);
        }
      }
    }
    return states;
  }

  private void finish(@Nullable Track track, Map<String, KeyState> states) {
    if (track != null) {
      track.checkBatches();
      states.put(track.id, track.state);
      epochsMax = Math.max(epochsMax, track.epoch);
    }
  }

  /** One key on the way through its events. */
  private final class Track {
    final String id;
    KeyState state = KeyState.empty(definition);
    long sequence;
    long epoch;
    final Map<String, List<Long>> batches = new HashMap<>();

    Track(String id) {
      this.id = id;
    }

    void add(long number, long writtenUnder, byte[] row) {
      assertThat(number).as("number of the next event of %s", id).isEqualTo(sequence + 1);
      assertThat(writtenUnder)
          .as("epoch of event %d of %s", number, id)
          .isGreaterThanOrEqualTo(epoch);
      sequence = number;
      epoch = writtenUnder;
      Recorded recorded = EventRow.recorded(row);
      List<KeyBatch> counted = new ArrayList<>();
      for (Batch batch : recorded.getBatchesList()) {
        batches
            .computeIfAbsent(batch.getProducer(), p -> new ArrayList<>())
            .add(batch.getSequence());
        counted.add(EventRow.batch(batch));
      }
      state =
          state.evolve(
              new KeyEvent.Recorded(
                  sequence == 1 ? Optional.of(definition) : Optional.empty(),
                  recorded.getArrivalNanos(),
                  counted,
                  List.of()));
    }

    void checkBatches() {
      int key = Integer.parseInt(id.substring(id.lastIndexOf('-') + 1));
      lastSequences.forEach(
          (producer, last) -> {
            List<Long> expected = new ArrayList<>();
            for (long s = 1; s <= last; s++) {
              if (Samples.groupOf(s) == key % Samples.GROUPS) {
                expected.add(s);
              }
            }
            checkOrder(id, producer, batches.getOrDefault(producer, List.of()), expected);
          });
      assertThat(batches.keySet()).isSubsetOf(lastSequences.keySet());
    }
  }

  /** Tells the first difference: there may be thousands. */
  private static void checkOrder(
      String id, String producer, List<Long> found, List<Long> expected) {
    for (int i = 0; i < Math.max(found.size(), expected.size()); i++) {
      if (i >= found.size() || i >= expected.size() || !found.get(i).equals(expected.get(i))) {
        int from = Math.max(0, i - 3);
        throw new AssertionError(
            "%s: batches of %s from number %d on: %s are stored, not %s; %d in all, not %d"
                .formatted(
                    id,
                    producer,
                    from,
                    found.subList(from, Math.min(found.size(), i + 5)),
                    expected.subList(from, Math.min(expected.size(), i + 5)),
                    found.size(),
                    expected.size()));
      }
    }
  }

  private void checkTotal(int key, Summary told) {
    Samples.Expected expected = Samples.Expected.NOTHING;
    for (Map.Entry<String, Long> producer : lastSequences.entrySet()) {
      expected = expected.plus(samples.expected(key, producer.getKey(), producer.getValue()));
    }
    assertThat(told.getCount()).as("count of key %d", key).isEqualTo(expected.count());
    assertThat(told.getSum()).as("sum of key %d", key).isEqualTo(expected.sum());
  }

  private static void checkFold(String key, KeyState folded, io.thalweg.v1.KeyState told) {
    io.thalweg.domain.stats.Summary total = folded.total();
    assertThat(told.getVersion()).as("version of %s", key).isEqualTo(folded.version());
    assertThat(told.getAnomalies()).as("anomalies of %s", key).isEqualTo(folded.anomalies());
    assertThat(bits(told.getTotal())).as("total of %s", key).isEqualTo(bits(total));
    assertThat(bits(told.getWindows(0).getSummary()))
        .as("window of %s", key)
        .isEqualTo(bits(folded.windows().getFirst().summary()));
  }

  private static List<Long> bits(Summary s) {
    return bits(s.getCount(), s.getMean(), s.getVariance(), s.getMin(), s.getMax(), s.getSum());
  }

  private static List<Long> bits(io.thalweg.domain.stats.Summary s) {
    return bits(s.count(), s.mean(), s.variance(), s.min(), s.max(), s.sum());
  }

  private static List<Long> bits(long count, double... values) {
    List<Long> bits = new ArrayList<>(List.of(count));
    for (double value : values) {
      bits.add(Double.doubleToLongBits(value));
    }
    return bits;
  }

  /** The bytes of an event's row, as the journal's documentation has them. */
  private static final class EventRow {
    private static final int TIMESTAMP_AT = 5;

    static Recorded recorded(byte[] bytes) {
      ByteBuffer row = ByteBuffer.wrap(bytes).position(TIMESTAMP_AT + Long.BYTES);
      text(row); // writer
      text(row); // manifest of the adapter
      assertThat(row.get()).as("metadata").isZero();
      row.getInt(); // serializer
      assertThat(text(row)).isEqualTo("recorded-1");
      try {
        return Recorded.parseFrom(row.slice());
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError("an event can't be read", e);
      }
    }

    static KeyBatch batch(Batch batch) {
      int size = batch.getSamples().getValuesCount();
      long[] times = new long[size];
      double[] values = new double[size];
      long time = 0;
      for (int i = 0; i < size; i++) {
        time += batch.getSamples().getTimeDeltas(i);
        times[i] = time;
        values[i] = batch.getSamples().getValues(i);
      }
      return new KeyBatch(batch.getProducer(), batch.getSequence(), times, values);
    }

    private static String text(ByteBuffer row) {
      byte[] utf8 = new byte[Short.toUnsignedInt(row.getShort())];
      row.get(utf8);
      return new String(utf8, StandardCharsets.UTF_8);
    }
  }
}
