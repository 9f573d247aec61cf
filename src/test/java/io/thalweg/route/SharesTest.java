package io.thalweg.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.sample.Batch;
import io.thalweg.domain.sample.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SharesTest {
  private static final ActorTestKit KIT = ActorTestKit.create();

  private final Caller caller = new Caller(KIT.<Lanes.Message>createTestProbe().ref());

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  @Test
  void whatWasAddedIsToldInOrderHoweverItIsSplit() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Shares shares = new Shares(0, 0);
      List<KeyBatch> expected = new ArrayList<>();
      List<Ticket> tickets = new ArrayList<>();
      int count = 1 + random.nextInt(30);
      for (int i = 0; i < count; i++) {
        int size = random.nextInt(4);
        Series series =
            new Series("k", random.longs(size).toArray(), random.doubles(size).toArray());
        Ticket ticket = new Ticket(new Batch("s", "p" + i % 3, i + 1, List.of(series)), caller);
        shares.add(ticket, i, series);
        tickets.add(ticket);
        expected.add(new KeyBatch("p" + i % 3, i + 1, series.timesNanos(), series.values()));
      }
      int first = 1 + random.nextInt(count);
      Shares head = shares.split(first);

      List<KeyBatch> told = new ArrayList<>(head.batches());
      told.addAll(shares.batches());
      assertThat(told).as("seed %d", seed).isEqualTo(expected);
      assertThat(head.count()).isEqualTo(first);
      assertThat(head.sampleCount() + shares.sampleCount())
          .isEqualTo(expected.stream().mapToInt(KeyBatch::size).sum());
      for (int i = 0; i < count; i++) {
        Shares part = i < first ? head : shares;
        int index = i < first ? i : i - first;
        assertThat(part.ticket(index)).isSameAs(tickets.get(i));
        assertThat(part.series(index)).isEqualTo(i);
        assertThat(part.weight(index)).isEqualTo(Math.max(1, expected.get(i).size()));
      }
    }
  }

  @Test
  void asManyFitAsHaveNoMoreSamplesThanTheBoundButOneAlways() {
    Shares shares = new Shares(0, 0);
    for (int size : new int[] {5, 1, 2, 9}) {
      Series series = new Series("k", new long[size], new double[size]);
      shares.add(new Ticket(new Batch("s", "", 0, List.of(series)), caller), 0, series);
    }

    assertThat(shares.within(4)).isEqualTo(1);
    assertThat(shares.within(6)).isEqualTo(2);
    assertThat(shares.within(16)).isEqualTo(3);
    assertThat(shares.within(17)).isEqualTo(4);
  }
}
