package io.thalweg.forbidden.domain.detect;

import io.thalweg.forbidden.route.Route;
import java.time.Instant;
import java.util.Random;
import java.util.function.LongSupplier;

/** Breaks: knows the way of the data, asks the clock and chance. */
public class Detector {
  Route route = new Route();

  Instant start = Instant.now();

  LongSupplier clock = System::nanoTime;

  int chance = new Random().nextInt();
}
