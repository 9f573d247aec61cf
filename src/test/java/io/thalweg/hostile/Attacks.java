package io.thalweg.hostile;

import java.util.List;
import java.util.stream.Stream;

/** All attacks, those that leave most behind last. */
final class Attacks {
  private Attacks() {}

  static List<Attack> all() {
    return Stream.of(
            MessageAttacks.all(), FrameAttacks.all(), ConnectionAttacks.all(), KeyAttacks.all())
        .flatMap(List::stream)
        .toList();
  }
}
