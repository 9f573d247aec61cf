package io.thalweg.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thalweg.domain.key.DamagedJournalException;
import io.thalweg.domain.key.KeyBatch;
import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.StreamKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.stream.javadsl.Sink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredHistoryTest {
  private static final StreamKey KEY = new StreamKey("s", "a|b");

  @TempDir Path folder;

  @Test
  void eventsAreReadInBatchesFromAndToAVersion() throws Exception {
    try (JournalFixture journal =
        JournalFixture.open(folder, "thalweg.journal.history-events-max = 3")) {
      record(journal, KEY, 1, 20);
      assertThat(versions(journal, 1, Long.MAX_VALUE)).hasSize(20).isSorted();
      assertThat(versions(journal, 5, 11)).containsExactly(5L, 6L, 7L, 8L, 9L, 10L, 11L);
      assertThat(versions(journal, 21, 30)).isEmpty();
      assertThat(
              get(
                  journal
                      .history()
                      .events(KEY, 1, Long.MAX_VALUE)
                      .take(4)
                      .runWith(Sink.seq(), journal.system)))
          .extracting(e -> ((KeyEvent.Recorded) e.event()).batches().getFirst().sequence())
          .containsExactly(1L, 2L, 3L, 4L);
    }
  }

  @Test
  void batchesEndEarlyAtTheirBytes() throws Exception {
    try (JournalFixture journal =
        JournalFixture.open(folder, "thalweg.journal.history-bytes-max = 1")) {
      record(journal, KEY, 1, 10);
      assertThat(versions(journal, 1, 9)).hasSize(9).isSorted();
    }
  }

  @Test
  void damagedEventFailsTheSource() throws Exception {
    try (JournalFixture journal = JournalFixture.open(folder)) {
      record(journal, KEY, 1, 2);
      journal.write(KEY.entityId(), 3, "not an event of a key");
      assertThatThrownBy(() -> versions(journal, 1, 3))
          .hasCauseInstanceOf(DamagedJournalException.class)
          .cause()
          .hasMessageContaining("s/a|b")
          .hasMessageContaining("version 3");
    }
  }

  @Test
  void highestVersionOfAKey() throws Exception {
    try (JournalFixture journal = JournalFixture.open(folder)) {
      record(journal, KEY, 1, 7);
      assertThat(get(journal.history().highestVersion(KEY))).isEqualTo(OptionalLong.of(7));
      assertThat(get(journal.history().highestVersion(new StreamKey("s", "a")))).isEmpty();
    }
  }

  @Test
  void snapshotAtOrBeforeAVersion() throws Exception {
    try (JournalFixture journal = JournalFixture.open(folder)) {
      record(journal, KEY, 1, 20);
      journal.saveSnapshot(KEY.entityId(), 10, KeyData.snapshot(10));
      journal.saveSnapshot(KEY.entityId(), 20, KeyData.snapshot(20));
      History history = journal.history();
      assertThat(get(history.snapshotAtOrBefore(KEY, 9))).isEmpty();
      assertThat(get(history.snapshotAtOrBefore(KEY, 19)))
          .contains(new VersionedSnapshot(10, KeyData.snapshot(10)));
      assertThat(get(history.snapshotAtOrBefore(KEY, 20)))
          .contains(new VersionedSnapshot(20, KeyData.snapshot(20)));
    }
  }

  @Test
  void keysArePagedInTheOrderOfTheirUtf8Bytes() throws Exception {
    List<String> keys =
        new ArrayList<>(
            List.of("a", "a|b", "../x", "ä", "𝄞", "\uFFFD", "אב", "a b", "aa", "b/c", "b", ""));
    try (JournalFixture journal = JournalFixture.open(folder)) {
      for (String key : keys) {
        record(journal, new StreamKey("s", key), 1, 3);
      }
      record(journal, new StreamKey("s2", "other"), 1, 1);
      record(journal, new StreamKey("r", "other"), 1, 1);
      keys.sort(
          (one, other) ->
              Arrays.compareUnsigned(
                  one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8)));

      History history = journal.history();
      assertThat(get(history.keys("s", "", "", 100))).isEqualTo(keys);
      assertThat(get(history.keys("s", "a", "", 100))).containsExactly("a", "a b", "aa", "a|b");
      assertThat(get(history.keys("s", "a", "a b", 1))).containsExactly("aa");
      assertThat(get(history.keys("none", "", "", 100))).isEmpty();

      List<String> paged = new ArrayList<>(get(history.keys("s", "", "", 5)));
      while (paged.size() < keys.size()) {
        paged.addAll(get(history.keys("s", "", paged.getLast(), 5)));
      }
      assertThat(paged).isEqualTo(keys);
    }
  }

  private static void record(JournalFixture journal, StreamKey key, long first, int events) {
    Object[] recorded = new Object[events];
    for (int i = 0; i < events; i++) {
      KeyBatch batch =
          new KeyBatch("producer", first + i, new long[] {1_000 + i}, new double[] {i});
      recorded[i] = new KeyEvent.Recorded(Optional.empty(), 0, List.of(batch), List.of());
    }
    journal.write(key.entityId(), first, recorded);
  }

  private static List<Long> versions(JournalFixture journal, long from, long to) throws Exception {
    return get(
        journal
            .history()
            .events(KEY, from, to)
            .map(VersionedEvent::version)
            .runWith(Sink.seq(), journal.system));
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
