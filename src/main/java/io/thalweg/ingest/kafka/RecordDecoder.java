package io.thalweg.ingest.kafka;

import io.thalweg.domain.sample.Series;
import io.thalweg.rpc.Excerpt;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Makes a sample of a record, or says why it can't be one. Of one thread. */
final class RecordDecoder {
  private final RecordLayout layout;
  private final Fields fields;
  private final FieldReader reader;
  private final int keyBytesMax;
  private final long futureBoundNanos;
  private final LongSupplier clockNanos;

  /**
   * @param keyBytesMax a key's length in UTF-8
   * @param futureBoundNanos how far ahead of the clock an event time may be
   * @param clockNanos this node's clock, nanoseconds since 1970
   */
  RecordDecoder(
      RecordLayout layout, int keyBytesMax, long futureBoundNanos, LongSupplier clockNanos) {
    this.layout = layout;
    this.fields = new Fields(layout);
    this.reader = FieldReader.of(layout, fields);
    this.keyBytesMax = keyBytesMax;
    this.futureBoundNanos = futureBoundNanos;
    this.clockNanos = clockNanos;
  }

  /**
   * Its sample, as a series of its own.
   *
   * @throws Poison that says what is wrong with it
   */
  Series decode(ConsumerRecord<byte[], byte[]> record) throws Poison {
    if (record.value() == null) {
      throw new Poison("the record has no value");
    }
    fields.clear();
    reader.read(record.value(), fields);
    String key = key(record);
    return new Series(key, new long[] {time(record)}, new double[] {value()});
  }

  private String key(ConsumerRecord<byte[], byte[]> record) throws Poison {
    String key =
        switch (layout.key()) {
          case RecordLayout.Key.OfRecord own -> keyOfRecord(record);
          case RecordLayout.Key.OfHeader header -> keyOfHeader(record, header.name());
          case RecordLayout.Key.OfField field -> keyOfField();
        };
    check(key);
    return key;
  }

  private static String keyOfRecord(ConsumerRecord<byte[], byte[]> record) throws Poison {
    if (record.key() == null) {
      throw new Poison("the record has no key");
    }
    return Utf8.text(record.key(), "the record's key");
  }

  private static String keyOfHeader(ConsumerRecord<byte[], byte[]> record, String name)
      throws Poison {
    Header header = record.headers().lastHeader(name);
    if (header == null || header.value() == null) {
      throw new Poison("the record has no header '" + Excerpt.of(name) + "'");
    }
    return Utf8.text(header.value(), "the header '" + Excerpt.of(name) + "'");
  }

  private String keyOfField() throws Poison {
    return switch (fields.kind(Fields.KEY)) {
      case TEXT, INTEGER -> fields.text(Fields.KEY);
      case ABSENT, NULL, DECIMAL, OTHER -> throw fields.not(Fields.KEY, "a text or a whole number");
    };
  }

  private void check(String key) throws Poison {
    if (key.isEmpty()) {
      throw new Poison("the key is empty");
    }
    int bytes = 0;
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if (Character.isISOControl(c)) {
        throw new Poison(
            "the key '%s' has the control character U+%04X at position %d"
                .formatted(Excerpt.of(key), (int) c, i));
      }
      if (Character.isSurrogate(c)) {
        i = pairEnd(key, i);
        bytes += 4;
      } else {
        bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
      }
    }
    if (bytes > keyBytesMax) {
      throw new Poison(
          "the key '%s' is %,d bytes long in UTF-8, and at most %,d are taken"
              .formatted(Excerpt.of(key), bytes, keyBytesMax));
    }
  }

  /** JSON can write half of a pair, which is no text. */
  private static int pairEnd(String key, int at) throws Poison {
    if (at + 1 < key.length() && Character.isSurrogatePair(key.charAt(at), key.charAt(at + 1))) {
      return at + 1;
    }
    throw new Poison("the key '" + Excerpt.of(key) + "' has half of a surrogate pair");
  }

  private long time(ConsumerRecord<byte[], byte[]> record) throws Poison {
    long time =
        layout.time().isPresent()
            ? TimeReader.nanos(fields, layout.time().get().format())
            : TimeUnit.MILLISECONDS.toNanos(record.timestamp());
    long now = clockNanos.getAsLong();
    if (time < 0) {
      throw new Poison("the time " + instant(time) + " is before 1970");
    }
    if (time - now > futureBoundNanos) {
      throw new Poison(
          "the time %s is more than %s s ahead of the server's clock, %s"
              .formatted(
                  instant(time), TimeUnit.NANOSECONDS.toSeconds(futureBoundNanos), instant(now)));
    }
    return time;
  }

  private double value() throws Poison {
    double value =
        switch (fields.kind(Fields.VALUE)) {
          case INTEGER, DECIMAL -> fields.number(Fields.VALUE);
          case ABSENT, NULL, TEXT, OTHER -> throw fields.not(Fields.VALUE, "a number");
        };
    if (!Double.isFinite(value)) {
      throw new Poison("the value " + value + " is not finite");
    }
    return value;
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(
        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L));
  }
}
