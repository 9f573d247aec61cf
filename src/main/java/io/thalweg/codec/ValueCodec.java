package io.thalweg.codec;

import io.thalweg.domain.sample.Sample;
import io.thalweg.domain.window.Window;
import io.thalweg.journal.v1.Samples;

/** The small values that events and snapshots share, in the journal's messages. Bits are kept. */
public final class ValueCodec {
  private ValueCodec() {}

  public static Samples encode(long[] timesNanos, double[] values) {
    Samples.Builder message = Samples.newBuilder();
    long before = 0;
    for (int i = 0; i < timesNanos.length; i++) {
      message.addTimeDeltas(timesNanos[i] - before);
      message.addValues(values[i]);
      before = timesNanos[i];
    }
    return message.build();
  }

  public static long[] times(Samples message) {
    long[] times = new long[message.getTimeDeltasCount()];
    long time = 0;
    for (int i = 0; i < times.length; i++) {
      time += message.getTimeDeltas(i);
      times[i] = time;
    }
    return times;
  }

  public static double[] values(Samples message) {
    double[] values = new double[message.getValuesCount()];
    for (int i = 0; i < values.length; i++) {
      values[i] = message.getValues(i);
    }
    return values;
  }

  public static io.thalweg.journal.v1.Sample encode(Sample sample) {
    return io.thalweg.journal.v1.Sample.newBuilder()
        .setTimeNanos(sample.timeNanos())
        .setValue(sample.value())
        .build();
  }

  public static Sample decode(io.thalweg.journal.v1.Sample message) {
    return new Sample(message.getTimeNanos(), message.getValue());
  }

  public static io.thalweg.journal.v1.Window encode(Window window) {
    return io.thalweg.journal.v1.Window.newBuilder()
        .setName(window.name())
        .setRevision(window.revision())
        .setStartNanos(window.startNanos())
        .setEndNanos(window.endNanos())
        .setClosed(window.closed())
        .setSummary(SummaryCodec.encode(window.summary()))
        .build();
  }

  public static Window decode(io.thalweg.journal.v1.Window message) {
    return new Window(
        message.getName(),
        message.getStartNanos(),
        message.getEndNanos(),
        message.getClosed(),
        message.getRevision(),
        SummaryCodec.decode(message.getSummary()));
  }
}
