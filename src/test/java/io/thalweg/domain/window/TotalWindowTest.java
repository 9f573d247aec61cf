package io.thalweg.domain.window;

import io.thalweg.domain.window.WindowDefinition.Total;
import java.util.random.RandomGenerator;

final class TotalWindowTest extends WindowAlgorithmSuite {
  @Override
  WindowDefinition definition(RandomGenerator random) {
    return new Total();
  }

  @Override
  NaiveWindows naive(WindowDefinition definition, long latenessNanos) {
    return new NaiveCounting(Long.MAX_VALUE, false);
  }
}
