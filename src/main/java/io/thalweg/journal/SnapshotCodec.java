package io.thalweg.journal;

import io.thalweg.domain.key.KeySnapshot;
import io.thalweg.domain.stats.Aggregate;
import io.thalweg.domain.stats.Extras;
import io.thalweg.domain.window.WindowSnapshot;
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
            .setTotal(ValueCodec.encode(snapshot.total()))
            .setLate(snapshot.late())
            .setAnomalies(snapshot.anomalies());
    snapshot.last().map(ValueCodec::encode).ifPresent(message::setLast);
    for (KeySnapshot.Producer producer : snapshot.producers()) {
      message.addProducers(encode(producer));
    }
    switch (snapshot.windows().getFirst()) {
      case WindowSnapshot.SlidingCount count -> message.setSlidingCount(encode(count));
      case WindowSnapshot.Hopping hopping -> message.setSlidingTime(encode(hopping));
      case WindowSnapshot.Sessions other -> throw unknown(other);
      case WindowSnapshot.Running other -> throw unknown(other);
    }
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
        ValueCodec.decode(message.getTotal()),
        message.getLate(),
        message.getAnomalies(),
        message.hasLast() ? Optional.of(ValueCodec.decode(message.getLast())) : Optional.empty(),
        producers,
        List.of(
            switch (message.getWindowCase()) {
              case SLIDING_COUNT -> decode(message.getSlidingCount());
              case SLIDING_TIME -> decode(message.getSlidingTime());
              case WINDOW_NOT_SET ->
                  throw new IllegalArgumentException(
                      "a snapshot's window is of no kind that is known here");
            }));
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

  private static io.thalweg.journal.v1.KeySnapshot.SlidingCountWindow encode(
      WindowSnapshot.SlidingCount window) {
    return io.thalweg.journal.v1.KeySnapshot.SlidingCountWindow.newBuilder()
        .setCentre(window.centre())
        .setFront(window.front())
        .setSamples(ValueCodec.encode(window.timesNanos(), window.values()))
        .build();
  }

  private static WindowSnapshot.SlidingCount decode(
      io.thalweg.journal.v1.KeySnapshot.SlidingCountWindow message) {
    return new WindowSnapshot.SlidingCount(
        message.getCentre(),
        message.getFront(),
        ValueCodec.times(message.getSamples()),
        ValueCodec.values(message.getSamples()));
  }

  private static IllegalArgumentException unknown(WindowSnapshot window) {
    return new IllegalArgumentException("not stored yet: " + window);
  }

  private static io.thalweg.journal.v1.KeySnapshot.SlidingTimeWindow encode(
      WindowSnapshot.Hopping window) {
    io.thalweg.journal.v1.KeySnapshot.SlidingTimeWindow.Builder message =
        io.thalweg.journal.v1.KeySnapshot.SlidingTimeWindow.newBuilder()
            .setWatermarkNanos(window.watermarkNanos())
            .setCentre(window.centre())
            .setFrontEnd(window.frontEnd());
    window.lastClosed().map(ValueCodec::encode).ifPresent(message::setLastClosed);
    for (WindowSnapshot.Slice slice : window.slices()) {
      message
          .addSlicesBuilder()
          .setNumber(slice.number())
          .setTotal(ValueCodec.encode(slice.aggregate().total()));
    }
    return message.build();
  }

  private static WindowSnapshot.Hopping decode(
      io.thalweg.journal.v1.KeySnapshot.SlidingTimeWindow message) {
    List<WindowSnapshot.Slice> slices = new ArrayList<>(message.getSlicesCount());
    for (io.thalweg.journal.v1.KeySnapshot.Slice slice : message.getSlicesList()) {
      slices.add(
          new WindowSnapshot.Slice(
              slice.getNumber(), new Aggregate(ValueCodec.decode(slice.getTotal()), Extras.NONE)));
    }
    return new WindowSnapshot.Hopping(
        message.getWatermarkNanos(),
        message.getCentre(),
        message.getFrontEnd(),
        slices,
        List.of(),
        message.hasLastClosed()
            ? Optional.of(ValueCodec.decode(message.getLastClosed()))
            : Optional.empty());
  }
}
