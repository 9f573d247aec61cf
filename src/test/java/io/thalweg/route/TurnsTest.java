package io.thalweg.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.key.StreamKey;
import io.thalweg.domain.sample.Batch;
import io.thalweg.domain.sample.Series;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final ActorTestKit kit = ActorTestKit.create();
  private final Set<String> inMemory = new HashSet<>();
  private final Turns turns = new Turns(lane -> inMemory.contains(lane.key().key()), 2);
  private final Caller attacker = caller();
  private final Caller honest = caller();

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void keysInMemoryPassThoseThatAreNot() {
    inMemory.addAll(List.of("x", "y"));
    add(attacker, "a", "b", "c", "d");
    add(honest, "x", "y");
    assertThat(all()).containsExactly("a", "x", "b", "y");
    assertThat(turns.isEmpty()).isFalse();
  }

  @Test
  void eachThatIsOverLetsOneMoreCome() {
    List<Lane> lanes = add(attacker, "a", "b", "c", "d", "e");
    assertThat(all()).containsExactly("a", "b");
    turns.over(lanes.get(1));
    turns.over(lanes.get(1));
    assertThat(all()).containsExactly("c");
    turns.over(lanes.get(0));
    turns.over(lanes.get(2));
    assertThat(all()).containsExactly("d", "e");
    assertThat(turns.isEmpty()).isTrue();
  }

  @Test
  void oneThatWasInMemoryDoesNotCount() {
    inMemory.add("x");
    List<Lane> lanes = add(honest, "x");
    add(attacker, "a", "b", "c");
    assertThat(all()).containsExactly("x", "a", "b");
    turns.over(lanes.getFirst());
    assertThat(all()).isEmpty();
  }

  @Test
  void callersWhoseKeysAreNotInMemoryHaveTheirTurnsToo() {
    List<Lane> lanes = add(attacker, "a", "b", "c", "d");
    assertThat(all()).containsExactly("a", "b");
    add(honest, "x");
    assertThat(all()).isEmpty();
    turns.over(lanes.get(0));
    turns.over(lanes.get(1));
    assertThat(all()).containsExactly("c", "x");
  }

  /** All that may go now, without an end. */
  private List<String> all() {
    List<String> keys = new ArrayList<>();
    for (Lane lane = turns.next(); lane != null; lane = turns.next()) {
      keys.add(lane.key().key());
    }
    return keys;
  }

  private Caller caller() {
    return new Caller(kit.<Lanes.Message>createTestProbe().ref());
  }

  private List<Lane> add(Caller caller, String... keys) {
    List<Lane> lanes = new ArrayList<>();
    for (String key : keys) {
      Series series = new Series(key, new long[] {1}, new double[] {1});
      Lane lane = new Lane(new StreamKey("s", key), "s/" + key, 0);
      lane.add(new Ticket(new Batch("s", "", 0, List.of(series)), caller), 0, series);
      turns.add(lane);
      lanes.add(lane);
    }
    return lanes;
  }
}
