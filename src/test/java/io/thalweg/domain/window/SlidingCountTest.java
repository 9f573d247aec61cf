package io.thalweg.domain.window;

import io.thalweg.domain.window.WindowDefinition.SlidingCount;
import java.util.random.RandomGenerator;

final class SlidingCountTest extends WindowAlgorithmSuite {
  @Override
  WindowDefinition definition(RandomGenerator random) {
    return new SlidingCount(random.nextInt(1, 40));
  }

  @Override
  NaiveWindows naive(WindowDefinition definition, long latenessNanos) {
    return new NaiveCounting(((SlidingCount) definition).size(), false);
  }
}
