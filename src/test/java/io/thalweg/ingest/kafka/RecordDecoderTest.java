package io.thalweg.ingest.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thalweg.domain.sample.Series;
import io.thalweg.ingest.kafka.RecordLayout.Format;
import io.thalweg.ingest.kafka.RecordLayout.Key;
import io.thalweg.ingest.kafka.RecordLayout.Time;
import io.thalweg.ingest.kafka.RecordLayout.TimeFormat;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordDecoderTest {
  private static final long NOW = Instant.parse("2026-01-01T12:00:00Z").toEpochMilli();
  private static final long MILLI = 1_000_000L;
  private static final RecordLayout JSON =
      new RecordLayout(
          new Format.Json(), field("card"), time(TimeFormat.MILLIS), path("payment", "amount"));

  @Test
  void jsonHasKeyTimeAndValueWhereverTheyStand() throws Exception {
    assertDecoded(
        decode(
            JSON,
            "{\"x\":[{\"card\":0}],\"at\":1500,\"payment\":{\"y\":{},\"amount\":-1.5e1},\"card\":\"a\"}"),
        "a",
        1500 * MILLI,
        -15);
    assertDecoded(
        decode(JSON, "{\"card\":9007199254740993,\"at\":1.5,\"payment\":{\"amount\":2}}"),
        "9007199254740993",
        1_500_000,
        2);
  }

  @Test
  void jsonPointersReachIntoArrays() throws Exception {
    RecordLayout layout =
        new RecordLayout(new Format.Json(), new Key.OfRecord(), Optional.empty(), path("v", "1"));
    assertDecoded(decode(layout, "{\"v\":[1,[2],3]}".replace("[2]", "2")), "k", NOW * MILLI, 2);
    assertPoison(layout, "{\"v\":[1]}", "there is no field 'v.1'");
  }

  @Test
  void whatIsNoSampleSaysWhy() {
    assertPoison(JSON, null, "has no value");
    assertPoison(JSON, "", "must be a JSON object");
    assertPoison(JSON, "[1]", "must be a JSON object");
    assertPoison(JSON, "{\"card\":", "not JSON");
    assertPoison(JSON, sample("\"a\"", "1", "2") + " x", "not JSON");
    assertPoison(JSON, sample("\"a\"", "1", "2") + "{}", "something follows");
    assertPoison(JSON, sample("null", "1", "2"), "'card' is null");
    assertPoison(JSON, sample("{}", "1", "2"), "'card' must be a text or a whole number");
    assertPoison(JSON, sample("1.5", "1", "2"), "but is '1.5'");
    assertPoison(JSON, sample("\"\"", "1", "2"), "key is empty");
    assertPoison(JSON, sample("\"a\\u0007b\"", "1", "2"), "U+0007 at position 1");
    assertPoison(JSON, sample("\"\\ud800\"", "1", "2"), "surrogate");
    assertPoison(JSON, sample("\"" + "ä".repeat(257) + "\"", "1", "2"), "514 bytes");
    assertPoison(
        JSON, sample("\"a\"", "\"soon\"", "2"), "'at' must be a number of time, but is 'soon'");
    assertPoison(JSON, sample("\"a\"", "-1", "2"), "before 1970");
    assertPoison(JSON, sample("\"a\"", "9223372036854775807", "2"), "1678 to 2261");
    assertPoison(JSON, sample("\"a\"", "1e-9999", "2"), "1678 to 2261");
    assertPoison(JSON, sample("\"a\"", String.valueOf(NOW + 61_000), "2"), "ahead of the server");
    assertPoison(
        JSON, sample("\"a\"", "1", "\"2\""), "'payment.amount' must be a number, but is '2'");
    assertPoison(JSON, sample("\"a\"", "1", "NaN"), "not JSON");
    assertPoison(JSON, sample("\"a\"", "1", "1e999"), "not finite");
    assertPoison(JSON, "{\"card\":\"a\",\"card\":\"b\"}", "'card' is there twice");
    assertPoison(JSON, "{\"card\":\"a\"}", "there is no field 'at'");
    assertPoison(JSON, "{\"card\":\"a\",\"at\":1}", "there is no field 'payment.amount'");
  }

  @Test
  void csvHasColumnsWithAndWithoutQuotes() throws Exception {
    RecordLayout layout =
        new RecordLayout(
            new Format.Csv(List.of("card", "note", "at", "amount"), ';'),
            field("card"),
            time(TimeFormat.SECONDS),
            path("amount"));
    assertDecoded(decode(layout, "a;x;1.5;2\r\n"), "a", 1500 * MILLI, 2);
    assertDecoded(decode(layout, "\"a;\"\"b\";;\"1\"; 1e2"), "a;\"b", 1000 * MILLI, 100);
    assertPoison(layout, "a;x;1", "3 columns, and must have 4");
    assertPoison(layout, "a;x;1;2;", "5 columns");
    assertPoison(layout, "\"a;x;1;2", "not closed");
    assertPoison(layout, "\"a\"b;x;1;2", "follows the closing quote");
    assertPoison(layout, "a\"b;x;1;2", "amid a column");
    assertPoison(layout, "a;x;1;", "'amount' is null");
    assertPoison(layout, "a;x;1;two", "'amount' must be a number, but is 'two'");
    assertPoison(layout, "a;x;1;0x1p3", "must be a number");
    assertPoison(layout, "a;x;1;NaN", "must be a number");
    assertPoison(layout, "a;x;1;1.2.3", "must be a number");
  }

  @Test
  void numbersStandAloneAsTextOrBytes() throws Exception {
    RecordLayout text =
        new RecordLayout(
            new Format.NumberText(), new Key.OfHeader("h"), Optional.empty(), Optional.empty());
    assertDecoded(decode(text, " -12.25 "), "from-header", NOW * MILLI, -12.25);
    assertPoison(text, "12,5", "must be a number, but is '12,5'");
    assertPoison(text, "Infinity", "must be a number");
    RecordLayout binary =
        new RecordLayout(
            new Format.BinaryDouble(), new Key.OfRecord(), Optional.empty(), Optional.empty());
    byte[] bytes = ByteBuffer.allocate(8).putDouble(0.1).array();
    assertDecoded(decoder(binary).decode(record(bytes)), "k", NOW * MILLI, 0.1);
    assertPoison(binary, "short", "must have 8 bytes, but has 5");
    bytes = ByteBuffer.allocate(8).putDouble(Double.NaN).array();
    byte[] nan = bytes;
    assertThatThrownBy(() -> decoder(binary).decode(record(nan))).hasMessageContaining("finite");
  }

  @Test
  void isoTimesHaveAnOffset() throws Exception {
    RecordLayout layout =
        new RecordLayout(new Format.Json(), field("card"), time(TimeFormat.ISO), path("v"));
    assertDecoded(
        decode(layout, "{\"card\":\"a\",\"at\":\"1970-01-01T02:00:00.000000001+02:00\",\"v\":1}"),
        "a",
        1,
        1);
    assertPoison(
        layout, "{\"card\":\"a\",\"at\":\"1970-01-01T02:00:00\",\"v\":1}", "with its offset");
    assertPoison(layout, "{\"card\":\"a\",\"at\":5,\"v\":1}", "with its offset, but is '5'");
    assertPoison(
        layout, "{\"card\":\"a\",\"at\":\"9999-01-01T00:00:00Z\",\"v\":1}", "1678 to 2261");
  }

  @Test
  void avroIsReadByItsSchema() throws Exception {
    Schema schema =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "P", "fields": [
                  {"name": "card", "type": "string"},
                  {"name": "at", "type": {"type": "long", "logicalType": "timestamp-micros"}},
                  {"name": "inner", "type": {"type": "record", "name": "I", "fields": [
                    {"name": "v", "type": ["null", "float"]}]}}]}
                """);
    RecordLayout layout =
        new RecordLayout(
            new Format.Avro(schema, 5), field("card"), time(TimeFormat.MICROS), path("inner", "v"));
    byte[] good = avro(schema, 0.5f);
    assertDecoded(decoder(layout).decode(record(good)), "a", 7_000, 0.5);
    assertThatThrownBy(() -> decoder(layout).decode(record(avro(schema, null))))
        .hasMessageContaining("'inner.v' is null");
    for (int length = 0; length < good.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(good, length);
      assertThatThrownBy(() -> decoder(layout).decode(record(cut))).isInstanceOf(Poison.class);
    }
    byte[] longer = java.util.Arrays.copyOf(good, good.length + 1);
    assertThatThrownBy(() -> decoder(layout).decode(record(longer)))
        .hasMessageContaining("follows");
    byte[] huge = {0, 0, 0, 0, 1, -2, -1, -1, -1, 15, 'a'}; // a text of 2 GiB
    assertThatThrownBy(() -> decoder(layout).decode(record(huge))).isInstanceOf(Poison.class);
  }

  @Test
  void keysAndHeadersAreUtf8() {
    RecordLayout layout =
        new RecordLayout(
            new Format.NumberText(), new Key.OfRecord(), Optional.empty(), Optional.empty());
    ConsumerRecord<byte[], byte[]> broken = record(new byte[] {(byte) 0xC3}, new byte[] {'1'});
    assertThatThrownBy(() -> decoder(layout).decode(broken))
        .hasMessageContaining("key is not UTF-8");
    ConsumerRecord<byte[], byte[]> none = record(null, new byte[] {'1'});
    assertThatThrownBy(() -> decoder(layout).decode(none)).hasMessageContaining("has no key");
    RecordLayout header =
        new RecordLayout(
            new Format.NumberText(), new Key.OfHeader("g"), Optional.empty(), Optional.empty());
    assertPoison(header, "1", "no header 'g'");
  }

  private static byte[] avro(Schema schema, @Nullable Float value) throws Exception {
    GenericData.Record inner = new GenericData.Record(schema.getField("inner").schema());
    inner.put("v", value);
    GenericData.Record record = new GenericData.Record(schema);
    record.put("card", "a");
    record.put("at", 7L);
    record.put("inner", inner);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(new byte[] {0, 0, 0, 0, 1});
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericData.Record>(schema).write(record, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  private static String sample(String card, String at, String amount) {
    return "{\"card\":" + card + ",\"at\":" + at + ",\"payment\":{\"amount\":" + amount + "}}";
  }

  private static void assertDecoded(Series series, String key, long time, double value) {
    assertThat(series.key()).isEqualTo(key);
    assertThat(series.timesNanos()).containsExactly(time);
    assertThat(series.values()).containsExactly(value);
  }

  private static void assertPoison(RecordLayout layout, @Nullable String value, String reason) {
    assertThatThrownBy(() -> decode(layout, value))
        .isInstanceOf(Poison.class)
        .hasMessageContaining(reason);
  }

  private static Series decode(RecordLayout layout, @Nullable String value) throws Poison {
    return decoder(layout).decode(record(value == null ? null : value.getBytes(UTF_8)));
  }

  private static RecordDecoder decoder(RecordLayout layout) {
    return new RecordDecoder(layout, 512, 60_000 * MILLI, () -> NOW * MILLI);
  }

  private static ConsumerRecord<byte[], byte[]> record(byte @Nullable [] value) {
    return record("k".getBytes(UTF_8), value);
  }

  private static ConsumerRecord<byte[], byte[]> record(
      byte @Nullable [] key, byte @Nullable [] value) {
    RecordHeaders headers = new RecordHeaders();
    headers.add("h", "from-header".getBytes(UTF_8));
    return new ConsumerRecord<>(
        "t", 0, 0, NOW, TimestampType.CREATE_TIME, 0, 0, key, value, headers, Optional.empty());
  }

  private static Key field(String... path) {
    return new Key.OfField(List.of(path));
  }

  private static Optional<Time> time(TimeFormat format) {
    return Optional.of(new Time(List.of("at"), format));
  }

  private static Optional<List<String>> path(String... path) {
    return Optional.of(List.of(path));
  }
}
