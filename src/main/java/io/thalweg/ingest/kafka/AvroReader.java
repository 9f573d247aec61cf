package io.thalweg.ingest.kafka;

import io.thalweg.rpc.Excerpt;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericEnumSymbol;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/** Reads fields of Avro's binary encoding. */
final class AvroReader implements FieldReader {
  static {
    // A damaged length must not ask for gigabytes. Read once by Avro; who sets them is not
    // overruled.
    for (String what : List.of("string", "bytes", "collectionItems")) {
      String name = "org.apache.avro.limits." + what + ".maxLength";
      if (System.getProperty(name) == null) {
        System.setProperty(name, String.valueOf(16 << 20));
      }
    }
  }

  private final int skipBytes;
  private final GenericDatumReader<Object> reader;
  private @Nullable BinaryDecoder decoder;
  private final List<List<String>> paths;

  AvroReader(RecordLayout.Format.Avro format, Fields fields) {
    skipBytes = format.skipBytes();
    reader = new GenericDatumReader<>(format.schema());
    paths =
        IntStream.range(0, Fields.count())
            .mapToObj(field -> fields.path(field).orElse(List.of()))
            .toList();
  }

  @Override
  public void read(byte[] value, Fields fields) throws Poison {
    if (value.length < skipBytes) {
      throw new Poison("the value has " + value.length + " bytes, fewer than are skipped");
    }
    Object datum = decode(value);
    for (int field = 0; field < paths.size(); field++) {
      if (!paths.get(field).isEmpty()) {
        put(fields, field, datum, paths.get(field));
      }
    }
  }

  private Object decode(byte[] value) throws Poison {
    try {
      decoder =
          DecoderFactory.get().binaryDecoder(value, skipBytes, value.length - skipBytes, decoder);
      Object datum = reader.read(null, decoder);
      if (!decoder.isEnd()) {
        throw new Poison("something follows the Avro datum");
      }
      return datum;
    } catch (IOException | RuntimeException bad) {
      throw new Poison(
          "the value is not of the Avro schema: " + Excerpt.of(String.valueOf(bad.getMessage())));
    }
  }

  private static void put(Fields fields, int field, Object datum, List<String> path) throws Poison {
    @Nullable Object at = datum;
    for (String name : path) {
      if (at instanceof GenericRecord inner && inner.hasField(name)) {
        at = inner.get(name);
      } else if (at instanceof Map<?, ?> map) {
        at = map.get(new org.apache.avro.util.Utf8(name));
      } else if (at == null) {
        break;
      } else {
        return; // there is none
      }
    }
    switch (at) {
      case null -> fields.putNull(field);
      case Integer number -> fields.putInteger(field, number, null);
      case Long number -> fields.putInteger(field, number, null);
      case Float number -> fields.putDecimal(field, number, null);
      case Double number -> fields.putDecimal(field, number, null);
      case CharSequence text -> fields.putText(field, text.toString());
      case GenericEnumSymbol<?> symbol -> fields.putText(field, symbol.toString());
      default -> fields.putOther(field);
    }
  }
}
