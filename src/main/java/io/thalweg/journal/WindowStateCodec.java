package io.thalweg.journal;

import io.thalweg.codec.ValueCodec;
import io.thalweg.domain.window.Window;
import io.thalweg.domain.window.WindowSnapshot;
import io.thalweg.journal.v1.WindowState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The state of windows in the journal's messages. */
final class WindowStateCodec {
  private WindowStateCodec() {}

  static WindowState encode(WindowSnapshot snapshot) {
    WindowState.Builder message = WindowState.newBuilder();
    switch (snapshot) {
      case WindowSnapshot.SlidingCount window -> message.setSlidingCount(encode(window));
      case WindowSnapshot.Hopping window -> message.setHopping(encode(window));
      case WindowSnapshot.Sessions window -> message.setSessions(encode(window));
      case WindowSnapshot.Running window -> message.setRunning(encode(window));
    }
    return message.build();
  }

  static WindowSnapshot decode(WindowState message) {
    return switch (message.getKindCase()) {
      case SLIDING_COUNT -> decode(message.getSlidingCount());
      case HOPPING -> decode(message.getHopping());
      case SESSIONS -> decode(message.getSessions());
      case RUNNING -> decode(message.getRunning());
      case KIND_NOT_SET ->
          throw new IllegalArgumentException(
              "a snapshot's window is of no kind that is known here");
    };
  }

  private static WindowState.SlidingCount encode(WindowSnapshot.SlidingCount window) {
    return WindowState.SlidingCount.newBuilder()
        .setCentre(window.centre())
        .setFront(window.front())
        .setSamples(ValueCodec.encode(window.timesNanos(), window.values()))
        .build();
  }

  private static WindowSnapshot.SlidingCount decode(WindowState.SlidingCount message) {
    return new WindowSnapshot.SlidingCount(
        message.getCentre(),
        message.getFront(),
        ValueCodec.times(message.getSamples()),
        ValueCodec.values(message.getSamples()));
  }

  private static WindowState.Hopping encode(WindowSnapshot.Hopping window) {
    WindowState.Hopping.Builder message =
        WindowState.Hopping.newBuilder()
            .setWatermarkNanos(window.watermarkNanos())
            .setCentre(window.centre())
            .setFrontEnd(window.frontEnd());
    window.lastClosed().map(ValueCodec::encode).ifPresent(message::setLastClosed);
    long before = 0;
    for (WindowSnapshot.Slice slice : window.slices()) {
      message.addSlices(
          WindowState.Slice.newBuilder()
              .setNumberDelta(slice.number() - before)
              .setAggregate(AggregateCodec.encode(slice.aggregate())));
      before = slice.number();
    }
    for (WindowSnapshot.Revision revision : window.revisions()) {
      message.addRevisions(
          WindowState.Revision.newBuilder()
              .setNumber(revision.number())
              .setRevision(revision.revision()));
    }
    return message.build();
  }

  private static WindowSnapshot.Hopping decode(WindowState.Hopping message) {
    List<WindowSnapshot.Slice> slices = new ArrayList<>(message.getSlicesCount());
    long number = 0;
    for (WindowState.Slice slice : message.getSlicesList()) {
      number += slice.getNumberDelta();
      slices.add(new WindowSnapshot.Slice(number, AggregateCodec.decode(slice.getAggregate())));
    }
    return new WindowSnapshot.Hopping(
        message.getWatermarkNanos(),
        message.getCentre(),
        message.getFrontEnd(),
        slices,
        message.getRevisionsList().stream()
            .map(r -> new WindowSnapshot.Revision(r.getNumber(), r.getRevision()))
            .toList(),
        lastClosed(message.hasLastClosed(), message.getLastClosed()));
  }

  private static WindowState.Sessions encode(WindowSnapshot.Sessions window) {
    WindowState.Sessions.Builder message =
        WindowState.Sessions.newBuilder().setWatermarkNanos(window.watermarkNanos());
    window.lastClosed().map(ValueCodec::encode).ifPresent(message::setLastClosed);
    for (WindowSnapshot.Session session : window.sessions()) {
      message.addSessions(
          WindowState.Session.newBuilder()
              .setFirstNanos(session.firstNanos())
              .setLastNanos(session.lastNanos())
              .setTold(session.told())
              .setAggregate(AggregateCodec.encode(session.aggregate())));
    }
    return message.build();
  }

  private static WindowSnapshot.Sessions decode(WindowState.Sessions message) {
    return new WindowSnapshot.Sessions(
        message.getWatermarkNanos(),
        message.getSessionsList().stream().map(WindowStateCodec::decode).toList(),
        lastClosed(message.hasLastClosed(), message.getLastClosed()));
  }

  private static WindowSnapshot.Session decode(WindowState.Session message) {
    return new WindowSnapshot.Session(
        message.getFirstNanos(),
        message.getLastNanos(),
        message.getTold(),
        AggregateCodec.decode(message.getAggregate()));
  }

  private static WindowState.Running encode(WindowSnapshot.Running window) {
    WindowState.Running.Builder message =
        WindowState.Running.newBuilder()
            .setFirstNanos(window.firstNanos())
            .setLastNanos(window.lastNanos())
            .setAggregate(AggregateCodec.encode(window.aggregate()));
    window.lastClosed().map(ValueCodec::encode).ifPresent(message::setLastClosed);
    return message.build();
  }

  private static WindowSnapshot.Running decode(WindowState.Running message) {
    return new WindowSnapshot.Running(
        message.getFirstNanos(),
        message.getLastNanos(),
        AggregateCodec.decode(message.getAggregate()),
        lastClosed(message.hasLastClosed(), message.getLastClosed()));
  }

  private static Optional<Window> lastClosed(
      boolean present, io.thalweg.journal.v1.Window message) {
    return present ? Optional.of(ValueCodec.decode(message)) : Optional.empty();
  }
}
