package io.thalweg.faults.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.thalweg.faults.check.History.Fate;
import io.thalweg.faults.check.KeyLog.Fold;
import io.thalweg.journal.v1.Batch;
import io.thalweg.journal.v1.Recorded;
import io.thalweg.v1.KeyState;
import io.thalweg.v1.Summary;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small journal of one key, right at first and then tampered with in one way after the other. */
class CheckerTest {
  private static final Samples SAMPLES = new Samples("n", Samples.GROUPS);
  private static final int KEY = 0;
  private static final String ID = "s/" + SAMPLES.key(KEY);
  private static final String PRODUCER = "n-p0";
  private static final long EPOCH = 3;

  private final Findings findings = new Findings();
  private History history;

  @BeforeEach
  void threeBatchesAreAcknowledged(@TempDir Path folder) throws IOException {
    history = new History(folder.resolve("history.txt"));
    for (long sequence : List.of(4L, 8L, 12L)) {
      history.invoked(PRODUCER, sequence);
      history.told(Fate.OK, PRODUCER, sequence);
    }
  }

  @AfterEach
  void close() throws IOException {
    history.close();
  }

  @Test
  void nothingIsFoundWhereNothingIsWrong() throws IOException {
    KeyLog log = log(4, 8, 12);

    Checker checker = check(log, told(log));
    checker.checkWatch(SAMPLES.key(KEY), List.of(at(1, 4), at(3, 12)));

    assertThat(findings.examples()).isEmpty();
  }

  @Test
  void anUnknownBatchMayBeThereOrNot() throws IOException {
    history.invoked(PRODUCER, 16);
    history.told(Fate.UNKNOWN, PRODUCER, 16);
    KeyLog with = log(4, 8, 12, 16);
    KeyLog without = log(4, 8, 12);

    check(with, told(with));
    check(without, told(without));

    assertThat(findings.examples()).isEmpty();
  }

  @Test
  void lost() throws IOException {
    KeyLog log = log(4, 12);

    check(log, told(log));

    assertThat(findings.counts()).isEqualTo(Map.of(Check.LOST, 1, Check.CLOSED_FORM, 1));
  }

  @Test
  void doubled() throws IOException {
    KeyLog log = log(4, 8, 8, 12);

    check(log, told(log));

    assertThat(findings.counts()).isEqualTo(Map.of(Check.DOUBLED, 1, Check.CLOSED_FORM, 1));
  }

  @Test
  void outOfOrder() throws IOException {
    KeyLog log = log(8, 4, 12);

    check(log, told(log));

    assertThat(findings.counts()).isEqualTo(Map.of(Check.ORDER, 1));
  }

  @Test
  void neverSent() throws IOException {
    KeyLog log = log(4, 8, 12, 20);

    check(log, told(log));

    assertThat(findings.counts()).isEqualTo(Map.of(Check.INVENTED, 1, Check.CLOSED_FORM, 1));
  }

  @Test
  void refusedAndStored() throws IOException {
    history.invoked(PRODUCER, 16);
    history.told(Fate.FAILED, PRODUCER, 16);
    KeyLog log = log(4, 8, 12, 16);

    check(log, told(log));

    assertThat(findings.count(Check.INVENTED)).isEqualTo(1);
  }

  @Test
  void otherValuesThanWereSent() throws IOException {
    KeyLog log = log(4, 8);
    Batch.Builder batch = batch(12).toBuilder();
    batch.getSamplesBuilder().setValues(0, batch.getSamples().getValues(0) + 1);
    log.add(3, EPOCH, row(3, batch.build()), SAMPLES, findings);

    check(log, told(log));

    assertThat(findings.counts()).isEqualTo(Map.of(Check.INVENTED, 1, Check.CLOSED_FORM, 1));
  }

  @Test
  void gap() throws IOException {
    KeyLog log = log(4, 8);
    log.add(4, EPOCH, row(4, batch(12)), SAMPLES, findings);

    check(log, told(log));

    assertThat(findings.counts()).isEqualTo(Map.of(Check.CONTIGUOUS, 1));
  }

  @Test
  void damaged() throws IOException {
    KeyLog log = log(4, 8);
    byte[] bytes = row(3, batch(12));
    bytes[bytes.length - 1] ^= 1;
    log.add(3, EPOCH, bytes, SAMPLES, findings);
    log.add(4, EPOCH, new byte[3], SAMPLES, findings);

    check(log, told(log));

    assertThat(findings.count(Check.READABLE)).isEqualTo(2);
    assertThat(findings.count(Check.LOST)).isEqualTo(1);
  }

  @Test
  void anEventOfAnEarlierEpoch() throws IOException {
    KeyLog log = log(4, 8);
    log.add(3, EPOCH - 1, row(3, batch(12)), SAMPLES, findings);

    check(log, told(log));

    assertThat(findings.counts()).isEqualTo(Map.of(Check.OWNERSHIP, 1));
  }

  @Test
  void aNodeThatTellsSomethingElse() throws IOException {
    KeyLog log = log(4, 8, 12);
    KeyState.Builder told = told(log).toBuilder();
    told.getTotalBuilder().setVariance(told.getTotal().getVariance() * 1.000_001);

    check(log, told.build());

    assertThat(findings.counts()).isEqualTo(Map.of(Check.STATE, 1));
  }

  @Test
  void aNodeThatTellsNothing() throws IOException {
    KeyLog log = log(4, 8, 12);

    new Checker("s", SAMPLES, history, findings).check(Map.of(ID, log), key -> null);

    assertThat(findings.counts()).isEqualTo(Map.of(Check.STATE, 1));
  }

  @Test
  void aWatchThatGoesBackwards() throws IOException {
    watch(at(1, 4), at(3, 12), at(2, 8), at(3, 12));

    // Neither of the last two is higher than what was told before.
    assertThat(findings.counts()).isEqualTo(Map.of(Check.WATCH, 2));
  }

  @Test
  void aWatchThatEndsTooEarly() throws IOException {
    watch(at(1, 4), at(2, 8));

    assertThat(findings.counts()).isEqualTo(Map.of(Check.WATCH, 1));
  }

  @Test
  void aWatchThatTellsWhatTheJournalHasNot() throws IOException {
    watch(at(1, 4), at(2, 9), at(3, 12));

    assertThat(findings.counts()).isEqualTo(Map.of(Check.WATCH, 1));
  }

  @Test
  void writesAreOfWhoeverClaimedLast() {
    Ownership.Tenures tenures = new Ownership.Tenures(findings);
    tenures.claim(1, 5);
    tenures.write(1, 5, 10);
    tenures.claim(2, 1);
    tenures.claim(1, 6);
    tenures.write(2, 1, 10);
    tenures.write(1, 6, 10);
    assertThat(findings.examples()).isEmpty();

    tenures.write(1, 5, 10);
    assertThat(findings.counts()).isEqualTo(Map.of(Check.OWNERSHIP, 1));

    tenures.claim(1, 6);
    assertThat(findings.counts()).isEqualTo(Map.of(Check.OWNERSHIP, 2));
  }

  private void watch(KeyState... told) throws IOException {
    KeyLog log = log(4, 8, 12);
    Checker checker = check(log, told(log));
    checker.checkWatch(SAMPLES.key(KEY), List.of(told));
  }

  private Checker check(KeyLog log, KeyState told) throws IOException {
    Checker checker = new Checker("s", SAMPLES, history, findings);
    checker.check(Map.of(ID, log), key -> key.equals(SAMPLES.key(KEY)) ? told : null);
    return checker;
  }

  /** An event for each batch. */
  private KeyLog log(long... sequences) {
    KeyLog log = new KeyLog(ID);
    for (int i = 0; i < sequences.length; i++) {
      log.add(i + 1, EPOCH, row(i + 1, batch(sequences[i])), SAMPLES, findings);
    }
    return log;
  }

  private static Batch batch(long sequence) {
    List<Double> values = new ArrayList<>();
    for (double value : Samples.values(PRODUCER, sequence, KEY)) {
      values.add(value);
    }
    Batch.Builder batch = Batch.newBuilder().setProducer(PRODUCER).setSequence(sequence);
    batch.getSamplesBuilder().addAllValues(values);
    return batch.build();
  }

  private static byte[] row(long number, Batch batch) {
    byte[] message = Recorded.newBuilder().addBatches(batch).build().toByteArray();
    byte[] manifest = "recorded-1".getBytes(StandardCharsets.UTF_8);
    ByteBuffer row =
        ByteBuffer.allocate(1 + 4 + 8 + 2 + 2 + 1 + 4 + 2 + manifest.length + message.length);
    row.position(5);
    row.putLong(1_700_000_000_000L).putShort((short) 0).putShort((short) 0);
    row.put((byte) 0).putInt(1).putShort((short) manifest.length).put(manifest).put(message);
    row.putInt(1, JournalRow.checksum(ID, number, row.array()));
    return row.array();
  }

  private static KeyState told(KeyLog log) {
    Fold fold = log.total();
    return KeyState.newBuilder()
        .setVersion(log.version)
        .setTotal(
            Summary.newBuilder()
                .setCount(fold.count())
                .setSum(fold.sum())
                .setMean(fold.mean())
                .setVariance(fold.variance())
                .setMin(fold.min())
                .setMax(fold.max()))
        .build();
  }

  private static KeyState at(long version, long count) {
    return KeyState.newBuilder()
        .setVersion(version)
        .setTotal(Summary.newBuilder().setCount(count))
        .build();
  }
}
