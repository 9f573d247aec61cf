package io.thalweg.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.domain.key.StreamKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.stream.javadsl.Source;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyCursorTest {
  private static final StreamKey KEY = new StreamKey("s", "k");

  private final ActorTestKit kit = ActorTestKit.create();
  private final List<String> reads = new ArrayList<>();
  private long stored = 3;

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void firstWhatIsStoredThenLiveEachOnce() throws Exception {
    assertThat(told(1, changed(2), changed(3), changed(4), changed(5)))
        .containsExactly(changed(2), changed(3), changed(4), changed(5));
    assertThat(reads).containsExactly("2-" + Long.MAX_VALUE);
  }

  @Test
  void whatDidNotComeIsReadFromTheJournal() throws Exception {
    assertThat(told(3, changed(4), changed(7), changed(5), changed(6), changed(8)))
        .containsExactly(changed(4), changed(5), changed(6), changed(7), changed(8));
    assertThat(reads).containsExactly("4-" + Long.MAX_VALUE, "5-6");
  }

  @Test
  void whenANodeIsLostTheJournalTellsTheRest() throws Exception {
    stored = 6;
    assertThat(told(6, Happening.Lost.INSTANCE, changed(7))).containsExactly(changed(7));
    assertThat(told(4, Happening.Lost.INSTANCE)).containsExactly(changed(5), changed(6));
  }

  @Test
  void whatAWatcherWasTooSlowForIsNotRead() throws Exception {
    Happening.Skipped skipped = new Happening.Skipped(KEY, 9, 4);
    assertThat(told(3, skipped, new Happening.Skipped(KEY, 8, 1), changed(9), changed(10)))
        .containsExactly(skipped, changed(10));
    assertThat(reads).containsExactly("4-" + Long.MAX_VALUE);
  }

  private List<Happening> told(long after, Happening... live) throws Exception {
    return new KeyCursor(this::read, after)
        .follow(Source.from(List.of(live)))
        .runWith(org.apache.pekko.stream.javadsl.Sink.seq(), kit.system())
        .toCompletableFuture()
        .get(3, TimeUnit.SECONDS);
  }

  private Source<Happening, NotUsed> read(long from, long to) {
    reads.add(from + "-" + to);
    long last = to == Long.MAX_VALUE ? stored : to;
    return Source.from(
        LongStream.rangeClosed(from, last).mapToObj(KeyCursorTest::changed).toList());
  }

  private static Happening changed(long version) {
    return new Happening.Changed(KEY, version, List.of(), Optional.empty());
  }
}
