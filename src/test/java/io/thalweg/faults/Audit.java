package io.thalweg.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.KeyState;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.faults.check.JournalRow;
import io.thalweg.faults.check.Samples;
import io.thalweg.journal.v1.Batch;
import io.thalweg.journal.v1.Recorded;
import io.thalweg.v1.Summary;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whether a replay gives the same bits: each key's events, read by plain SQL, are folded by the
 * program's own fold, and what its node tells must be equal to the last bit.
 */
final class Audit {
  private static final String EVENTS =
      "SELECT sequence_nr, row FROM thalweg.events WHERE persistence_id = ? ORDER BY sequence_nr";

  private Audit() {}

  /**
   * @param states what a node tells of a key
   */
  static void of(
      Samples samples,
      StreamDefinition definition,
      Connection connection,
      Function<String, io.thalweg.v1.KeyState> states)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(EVENTS)) {
      for (String key : samples.keys()) {
        String id = FaultCluster.STREAM + "/" + key;
        statement.setString(1, id);
        KeyState state = KeyState.empty(definition);
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            long number = rows.getLong(1);
            Recorded recorded = JournalRow.read(id, number, rows.getBytes(2)).recorded();
            state = state.evolve(event(definition, number, recorded));
          }
        }
        checkFold(key, state, states.apply(key));
      }
    }
  }

  private static KeyEvent event(StreamDefinition definition, long number, Recorded recorded) {
    List<KeyBatch> counted = new ArrayList<>();
    for (Batch batch : recorded.getBatchesList()) {
      counted.add(
          new KeyBatch(
              batch.getProducer(),
              batch.getSequence(),
              JournalRow.times(batch),
              JournalRow.values(batch)));
    }
    return new KeyEvent.Recorded(
        number == 1 ? Optional.of(definition) : Optional.empty(),
        recorded.getArrivalNanos(),
        counted,
        List.of());
  }

  private static void checkFold(String key, KeyState folded, io.thalweg.v1.KeyState told) {
    assertThat(told.getVersion()).as("version of %s", key).isEqualTo(folded.version());
    assertThat(told.getAnomalies()).as("anomalies of %s", key).isEqualTo(folded.anomalies());
    assertThat(bits(told.getTotal())).as("total of %s", key).isEqualTo(bits(folded.total()));
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
}
