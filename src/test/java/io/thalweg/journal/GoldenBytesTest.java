package io.thalweg.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thalweg.codec.SummaryCodec;
import io.thalweg.domain.key.DamagedJournalException;
import io.thalweg.domain.key.KeyEvent;
import io.thalweg.domain.key.KeySnapshot;
import io.thalweg.domain.stats.Aggregate;
import io.thalweg.domain.stats.Extras;
import io.thalweg.domain.stats.Summary;
import io.thalweg.domain.stats.Total;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.pekko.serialization.SerializerWithStringManifest;
import org.junit.jupiter.api.Test;

/** What was ever stored can be read. The bytes of a version are never changed, only added to. */
class GoldenBytesTest {
  private final KeyEventSerializer events = new KeyEventSerializer();
  private final KeySnapshotSerializer snapshots = new KeySnapshotSerializer();

  @Test
  void recorded1() throws Exception {
    byte[] golden = golden("recorded-1");
    assertThat(
            KeyDataEquality.same((KeyEvent) read(events, golden, "recorded-1"), KeyData.recorded()))
        .isTrue();
    assertWritten(events, KeyData.recorded(), "recorded-1", golden);
  }

  @Test
  void idled1() throws Exception {
    byte[] golden = golden("idled-1");
    assertThat(read(events, golden, "idled-1")).isEqualTo(KeyData.idled());
    assertWritten(events, KeyData.idled(), "idled-1", golden);
  }

  @Test
  void recorded1OfASurprise() throws Exception {
    byte[] golden = golden("recorded-1-surprise");
    assertThat(
            KeyDataEquality.same(
                (KeyEvent) read(events, golden, "recorded-1"), KeyData.surprised()))
        .isTrue();
    assertWritten(events, KeyData.surprised(), "recorded-1", golden);
  }

  @Test
  void key1OfADetectorThatRemembers() throws Exception {
    byte[] golden = golden("key-1-surprise");
    assertThat(read(snapshots, golden, "key-1")).isEqualTo(KeyData.snapshotOfSurprised());
    assertWritten(snapshots, KeyData.snapshotOfSurprised(), "key-1", golden);
  }

  @Test
  void key1OfEveryKindOfWindowAndStatistic() throws Exception {
    byte[] golden = golden("key-1-everything");
    assertThat(read(snapshots, golden, "key-1")).isEqualTo(KeyData.snapshotOfEverything());
    assertWritten(snapshots, KeyData.snapshotOfEverything(), "key-1", golden);
  }

  @Test
  void whatIsNotAskedForTakesNoBytes() {
    assertThat(AggregateCodec.encode(new Aggregate(Total.EMPTY, Extras.NONE)).getSerializedSize())
        .isEqualTo(2);
    assertThat(SummaryCodec.encode(Summary.EMPTY).getSerializedSize()).isZero();
  }

  @Test
  void key1OfACountWindow() throws Exception {
    byte[] golden = golden("key-1-count");
    assertThat(read(snapshots, golden, "key-1")).isEqualTo(KeyData.snapshot(77));
    assertWritten(snapshots, KeyData.snapshot(77), "key-1", golden);
  }

  @Test
  void storedRow() throws Exception {
    byte[] key = RowKeys.row(RowKeys.id("s/a"), 3);
    byte[] golden = golden("row-1");
    Stored payload = new Stored(7301, "recorded-1", new byte[] {1, 2, 3});
    Row row =
        new Row(
            1_700_000_000_000L,
            "writer",
            "adapter",
            Optional.of(new Stored(20, "m", new byte[] {9})),
            payload);
    assertThat(HexFormat.of().formatHex(row.encode(key)))
        .isEqualTo(HexFormat.of().formatHex(golden));
    Row read = Row.decode("s/a", 3, key, golden).orElseThrow();
    assertThat(read.writer()).isEqualTo("writer");
    assertThat(read.payload().manifest()).isEqualTo("recorded-1");
    assertThat(read.payload().bytes()).containsExactly(1, 2, 3);
  }

  @Test
  void rowThatOnlyTakesUpItsNumber() throws Exception {
    byte[] key = RowKeys.row(RowKeys.id("s/a"), 3);
    byte[] golden = golden("row-refused");
    assertThat(Row.refused(key)).isEqualTo(golden);
    assertThat(Row.decode("s/a", 3, key, golden)).isEmpty();
  }

  @Test
  void recordOfAKey() throws Exception {
    byte[] id = RowKeys.id("s/a");
    KeyRecord record =
        new KeyRecord(
            2,
            List.of(
                new KeyRecord.Mark(10, 1_700_000_000_000L),
                new KeyRecord.Mark(20, 1_700_000_000_001L)));
    byte[] golden = golden("key-record-1");
    assertThat(record.encode(id)).isEqualTo(golden);
    assertThat(KeyRecord.decode(id, golden)).isEqualTo(record);
  }

  @Test
  void rowUnderAnotherKeyIsDamage() throws Exception {
    byte[] golden = golden("row-1");
    assertThatThrownBy(() -> Row.decode("s/a", 4, RowKeys.row(RowKeys.id("s/a"), 4), golden))
        .isInstanceOf(DamagedJournalException.class)
        .hasMessageContaining("version 4");
  }

  @Test
  void unknownVersionIsNamed() {
    assertThatThrownBy(() -> events.fromBinary(new byte[0], "recorded-9"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("recorded-9");
    assertThatThrownBy(() -> snapshots.fromBinary(new byte[0], "key-9"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("key-9");
  }

  @Test
  void bytesThatAreNoMessageAreRefused() {
    assertThatThrownBy(() -> events.fromBinary(new byte[] {-1, -1}, "recorded-1"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("recorded-1");
    assertThatThrownBy(() -> snapshots.fromBinary(new byte[0], "key-1"))
        .isInstanceOf(NotSerializableException.class);
  }

  @Test
  void equalDefinitionsAreReadAsOneInstance() throws Exception {
    byte[] bytes = snapshots.toBinary(KeyData.snapshot(1));
    var one = (KeySnapshot) snapshots.fromBinary(bytes, "key-1");
    var other = (KeySnapshot) snapshots.fromBinary(bytes, "key-1");
    assertThat(one.definition()).isSameAs(other.definition());
  }

  private static Object read(SerializerWithStringManifest serializer, byte[] bytes, String manifest)
      throws Exception {
    return serializer.fromBinary(bytes, manifest);
  }

  private static void assertWritten(
      SerializerWithStringManifest serializer, Object value, String manifest, byte[] golden) {
    assertThat(serializer.manifest(value)).isEqualTo(manifest);
    assertThat(HexFormat.of().formatHex(serializer.toBinary(value)))
        .isEqualTo(HexFormat.of().formatHex(golden));
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream hex =
        Objects.requireNonNull(
            GoldenBytesTest.class.getResourceAsStream("golden/" + name + ".hex"), name)) {
      String digits = new String(hex.readAllBytes(), StandardCharsets.US_ASCII);
      return HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
    }
  }
}
