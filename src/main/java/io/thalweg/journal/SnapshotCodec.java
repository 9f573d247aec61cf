package io.thalweg.journal;

import io.thalweg.codec.AnomalyCodec;
import io.thalweg.codec.ValueCodec;
import io.thalweg.domain.key.DetectorSnapshot;
import io.thalweg.domain.key.KeySnapshot;
import io.thalweg.journal.v1.KeySnapshot.DetectorMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Snapshots in the journal's messages. */
final class SnapshotCodec {
  private SnapshotCodec() {}

  static io.thalweg.journal.v1.KeySnapshot encode(KeySnapshot snapshot) {
    io.thalweg.journal.v1.KeySnapshot.Builder message =
        io.thalweg.journal.v1.KeySnapshot.newBuilder()
            .setDefinition(DefinitionCodec.encode(snapshot.definition()))
            .setVersion(snapshot.version())
            .setTimeMaxNanos(snapshot.timeMaxNanos())
            .setArrivalNanos(snapshot.arrivalNanos())
            .setTotal(AggregateCodec.encode(snapshot.total()))
            .setLate(snapshot.late())
            .setAnomalies(snapshot.anomalies());
    snapshot.last().map(ValueCodec::encode).ifPresent(message::setLast);
    for (KeySnapshot.Producer producer : snapshot.producers()) {
      message.addProducers(encode(producer));
    }
    snapshot.windows().forEach(window -> message.addWindows(WindowStateCodec.encode(window)));
    snapshot.lastAnomaly().map(AnomalyCodec::encode).ifPresent(message::setLastAnomaly);
    snapshot.detector().map(SnapshotCodec::encode).ifPresent(message::setDetector);
    return message.build();
  }

  static KeySnapshot decode(io.thalweg.journal.v1.KeySnapshot message) {
    List<KeySnapshot.Producer> producers = new ArrayList<>(message.getProducersCount());
    for (io.thalweg.journal.v1.KeySnapshot.Producer producer : message.getProducersList()) {
      producers.add(decode(producer));
    }
    return new KeySnapshot(
        DefinitionCodec.decode(message.getDefinition()),
        message.getVersion(),
        message.getTimeMaxNanos(),
        message.getArrivalNanos(),
        AggregateCodec.decode(message.getTotal()),
        message.getLate(),
        message.getAnomalies(),
        message.hasLast() ? Optional.of(ValueCodec.decode(message.getLast())) : Optional.empty(),
        producers,
        message.getWindowsList().stream().map(WindowStateCodec::decode).toList(),
        message.hasLastAnomaly()
            ? Optional.of(AnomalyCodec.decode(message.getLastAnomaly()))
            : Optional.empty(),
        message.hasDetector() ? Optional.of(decode(message.getDetector())) : Optional.empty());
  }

  private static DetectorMemory encode(DetectorSnapshot detector) {
    DetectorMemory.Builder message = DetectorMemory.newBuilder().setDetector(detector.detector());
    for (double number : detector.numbers()) {
      message.addNumbers(number);
    }
    return message.build();
  }

  private static DetectorSnapshot decode(DetectorMemory message) {
    double[] numbers = new double[message.getNumbersCount()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = message.getNumbers(i);
    }
    return new DetectorSnapshot(message.getDetector(), numbers);
  }

  private static io.thalweg.journal.v1.KeySnapshot.Producer encode(KeySnapshot.Producer producer) {
    io.thalweg.journal.v1.KeySnapshot.Producer.Builder message =
        io.thalweg.journal.v1.KeySnapshot.Producer.newBuilder()
            .setName(producer.name())
            .setHighest(producer.highest());
    for (long word : producer.below()) {
      message.addBelow(word);
    }
    return message.build();
  }

  private static KeySnapshot.Producer decode(io.thalweg.journal.v1.KeySnapshot.Producer message) {
    long[] below = new long[message.getBelowCount()];
    for (int i = 0; i < below.length; i++) {
      below[i] = message.getBelow(i);
    }
    return new KeySnapshot.Producer(message.getName(), message.getHighest(), below);
  }
}
