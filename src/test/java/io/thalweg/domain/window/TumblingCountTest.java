package io.thalweg.domain.window;

import io.thalweg.domain.window.WindowDefinition.TumblingCount;
import java.util.random.RandomGenerator;

final class TumblingCountTest extends WindowAlgorithmSuite {
  @Override
  WindowDefinition definition(RandomGenerator random) {
    return new TumblingCount(random.nextInt(1, 40));
  }

  @Override
  NaiveWindows naive(WindowDefinition definition, long latenessNanos) {
    return new NaiveCounting(((TumblingCount) definition).size(), true);
  }
}
