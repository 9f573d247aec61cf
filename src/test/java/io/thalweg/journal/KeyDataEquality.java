package io.thalweg.journal;

import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyEvent;
import java.util.Arrays;

/** Whether events are equal bit for bit; their arrays don't compare by themselves. */
final class KeyDataEquality {
  private KeyDataEquality() {}

  static boolean same(KeyEvent one, KeyEvent other) {
    return (one instanceof KeyEvent.Recorded a && other instanceof KeyEvent.Recorded b)
        ? same(a, b)
        : one.equals(other);
  }

  private static boolean same(KeyEvent.Recorded a, KeyEvent.Recorded b) {
    boolean same =
        a.arrivalNanos() == b.arrivalNanos()
            && a.definition().equals(b.definition())
            && a.outcomes().equals(b.outcomes())
            && a.batches().size() == b.batches().size();
    for (int i = 0; same && i < a.batches().size(); i++) {
      same = same(a.batches().get(i), b.batches().get(i));
    }
    return same;
  }

  private static boolean same(KeyBatch a, KeyBatch b) {
    return a.producer().equals(b.producer())
        && a.sequence() == b.sequence()
        && Arrays.equals(a.timesNanos(), b.timesNanos())
        && Arrays.equals(bits(a.values()), bits(b.values()));
  }

  private static long[] bits(double[] values) {
    return Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray();
  }
}
