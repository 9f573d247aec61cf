package io.thalweg.faults;

import java.util.ArrayList;
import java.util.List;

/** All that the nemesis knows. */
final class FaultKinds {
  private FaultKinds() {}

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
                new HeapExhausted(),
                new DatabaseFaults.Kill(),
                new DatabaseFaults.Freeze(),
                new DatabaseFaults.Slow(),
                new DatabaseFaults.DiskFull()));
    for (NetworkFaults.Cut cut : NetworkFaults.Cut.values()) {
      all.add(new NetworkFaults.Partition(cut));
    }
    for (Trap.Point point : Trap.Point.values()) {
      all.add(new DatabaseFaults.AtStep(point, Trap.What.EVENTS, true));
      all.add(new DatabaseFaults.AtStep(point, Trap.What.SNAPSHOT, true));
    }
    all.add(new DatabaseFaults.AtStep(Trap.Point.BEFORE_COMMIT, Trap.What.EVENTS, false));
    all.add(new DatabaseFaults.AtStep(Trap.Point.AFTER_COMMIT, Trap.What.EVENTS, false));
    return all;
  }
}
