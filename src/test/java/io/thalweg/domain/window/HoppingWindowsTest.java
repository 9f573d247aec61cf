package io.thalweg.domain.window;

import io.thalweg.domain.window.WindowDefinition.Hopping;
import java.util.random.RandomGenerator;

final class HoppingWindowsTest extends WindowAlgorithmSuite {
  @Override
  WindowDefinition definition(RandomGenerator random) {
    long slide = MS * random.nextInt(1, 4);
    return new Hopping(slide * random.nextInt(1, 8), slide, random.nextLong(slide));
  }

  @Override
  NaiveWindows naive(WindowDefinition definition, long latenessNanos) {
    Hopping d = (Hopping) definition;
    return new NaiveHopping(d.sizeNanos(), d.slideNanos(), d.offsetNanos(), latenessNanos);
  }
}
