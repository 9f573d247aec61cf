package io.thalweg.domain.window;

import io.thalweg.domain.window.WindowDefinition.Session;
import java.util.random.RandomGenerator;

final class SessionsTest extends WindowAlgorithmSuite {
  @Override
  WindowDefinition definition(RandomGenerator random) {
    return new Session(random.nextLong(MS, 5 * MS));
  }

  @Override
  NaiveWindows naive(WindowDefinition definition, long latenessNanos) {
    return new NaiveSessions(((Session) definition).gapNanos(), latenessNanos);
  }
}
