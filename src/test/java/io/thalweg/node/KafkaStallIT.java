package io.thalweg.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short run of what {@code src/bench/kafka stall} does at length. */
class KafkaStallIT {
  private static final int SECONDS = Integer.getInteger("thalweg.it.kafka.stall-seconds", 9);
  private static final String GIVE_UP_AFTER =
      System.getProperty("thalweg.it.kafka.give-up-after", "60s");

  /** Of 8 partitions: 16 requests of 1,000 under way, one that waits, and one that is gathered. */
  private static final long BUFFERED_MAX = 8 * 18 * 1_000;

  @TempDir Path folder;

  @Test
  void journalThatStandsIsToldAndBoundsWhatIsReadAndEverySampleCountsOnce() throws Exception {
    KafkaStall.Outcome outcome =
        KafkaStall.run(
            folder,
            new KafkaStall.Plan(100, 20_000, SECONDS, GIVE_UP_AFTER),
            line -> System.out.println("KafkaStallIT: " + line));

    assertThat(outcome.bufferedMax()).isBetween(1L, BUFFERED_MAX);
    assertThat(outcome.looks().getLast().buffered()).isLessThan(outcome.looks().getLast().lag());
    assertThat(outcome.isTold()).isTrue();
    assertThat(outcome.looks().getLast().trouble()).contains("nothing has become durable");
    assertThat(outcome.heapDuring() - outcome.heapBefore()).isLessThan(100L << 20);
  }
}
