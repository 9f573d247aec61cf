package io.thalweg.faults;

import java.util.ArrayList;
import java.util.List;

/** All that the nemesis knows. */
final class FaultKinds {
  private FaultKinds() {}

  /** Those that have been seen to take effect: what a run does if nothing is said. */
  static List<Fault> all() {
    List<Fault> all =
        new ArrayList<>(
            List.of(
                new NodeFaults.Kill(1),
                new NodeFaults.Kill(2),
                new NodeFaults.Freeze("node frozen, shortly", 300, 1_200),
                new NodeFaults.Freeze("node frozen until it is removed", 7_000, 11_000),
                new NodeFaults.Roll(),
                new NodeFaults.Scale(),
                new NodeFaults.ProducerGone(),
                new NodeFaults.ClockJump(),
                new DatabaseFaults.Kill(),
                new DatabaseFaults.Slow(),
                new DatabaseFaults.DiskFull()));
    for (NetworkFaults.Cut cut : NetworkFaults.Cut.values()) {
      all.add(new NetworkFaults.Partition(cut));
    }
    for (Trap.Point point : Trap.Point.values()) {
      all.add(new DatabaseFaults.AtStep(point, Trap.What.EVENTS, true));
      if (point != Trap.Point.AFTER_COMMIT) {
        all.add(new DatabaseFaults.AtStep(point, Trap.What.SNAPSHOT, true));
      }
    }
    all.add(new DatabaseFaults.AtStep(Trap.Point.BEFORE_COMMIT, Trap.What.EVENTS, false));
    all.add(new DatabaseFaults.AtStep(Trap.Point.AFTER_COMMIT, Trap.What.EVENTS, false));
    return all;
  }

  /** Also those that nobody has seen yet: they are done if they are named. */
  static List<Fault> known() {
    List<Fault> known = new ArrayList<>(all());
    known.add(new HeapExhausted());
    known.add(new DatabaseFaults.Freeze());
    known.add(new DatabaseFaults.AtStep(Trap.Point.AFTER_COMMIT, Trap.What.SNAPSHOT, true));
    return known;
  }
}
