package io.thalweg.domain.window;

import io.thalweg.domain.window.WindowDefinition.Tumbling;
import java.util.random.RandomGenerator;

final class TumblingWindowsTest extends WindowAlgorithmSuite {
  @Override
  WindowDefinition definition(RandomGenerator random) {
    long size = MS * random.nextInt(1, 9);
    return new Tumbling(size, random.nextLong(size));
  }

  @Override
  NaiveWindows naive(WindowDefinition definition, long latenessNanos) {
    Tumbling d = (Tumbling) definition;
    return new NaiveHopping(d.sizeNanos(), d.sizeNanos(), d.offsetNanos(), latenessNanos);
  }
}
