package io.thalweg.ingest;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Requests as any writer of protobuf may write them, and worse: fields in any order, twice or not
 * at all, numbers packed and one by one, fields that nobody knows, texts that are no UTF-8.
 */
final class RandomRequest {
  private static final String[] KEYS = {
    "a",
    "b",
    "AaAa",
    "BBBB",
    "AaBB",
    "sensor-1",
    " ",
    "~",
    "é",
    "مفتاح",
    "🌊",
    "a\nb",
    "\u007f",
    "a\u0085",
    "\u0000",
    "x".repeat(16),
    "x".repeat(17),
    "é".repeat(8),
    "é".repeat(9),
    ""
  };
  private static final double[] VALUES = {
    0, -0.0, 1.5, -1e300, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE
  };

  private final SplittableRandom random;
  private final long now;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final CodedOutputStream out = CodedOutputStream.newInstance(bytes);

  private RandomRequest(SplittableRandom random, long now) {
    this.random = random;
    this.now = now;
  }

  /** One that is mostly well formed. */
  static byte[] wellFormed(SplittableRandom random, long now) {
    try {
      return new RandomRequest(random, now).request();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same with a few bytes changed, left out or put in, or cut off somewhere. */
  static byte[] damaged(SplittableRandom random, byte[] request) {
    byte[] damaged = request.clone();
    for (int i = random.nextInt(4); i > 0 && damaged.length > 0; i--) {
      int at = random.nextInt(damaged.length);
      damaged =
          switch (random.nextInt(4)) {
            case 0 -> joined(damaged, at, new byte[] {(byte) random.nextInt(256)}, at);
            case 1 -> joined(damaged, at, new byte[0], at + 1);
            case 2 -> joined(damaged, at, new byte[0], damaged.length);
            default ->
                joined(
                    damaged,
                    at,
                    new byte[] {(byte) (damaged[at] ^ 1 << random.nextInt(8))},
                    at + 1);
          };
    }
    return damaged;
  }

  private static byte[] joined(byte[] of, int to, byte[] between, int from) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(of, 0, to);
    all.writeBytes(between);
    all.write(of, from, of.length - from);
    return all.toByteArray();
  }

  private byte[] request() throws IOException {
    for (int fields = random.nextInt(12); fields > 0; fields--) {
      switch (random.nextInt(16)) {
        case 0, 1 -> out.writeString(1, random.nextInt(8) == 0 ? "nope" : "s");
        case 2 -> out.writeString(2, random.nextInt(6) == 0 ? "p".repeat(40) : "p");
        case 3, 4 -> out.writeUInt64(3, random.nextInt(4) == 0 ? random.nextLong() : 7);
        case 5 -> unknown(3);
        default -> out.writeByteArray(4, new RandomRequest(random, now).series());
      }
    }
    return written();
  }

  private byte[] series() throws IOException {
    int size = random.nextInt(4);
    int style = random.nextInt(8);
    if (style > 0) {
      key();
    }
    if (style != 1) {
      numbers(2, random.nextInt(8) == 0 ? random.nextInt(4) : size);
    }
    if (style == 2) {
      unknown(3);
    }
    numbers(3, size);
    if (style == 3) {
      key();
    }
    return written();
  }

  private void key() throws IOException {
    if (random.nextInt(60) == 0) {
      byte[] any = new byte[random.nextInt(5)];
      random.nextBytes(any);
      out.writeByteArray(1, any);
    } else {
      out.writeByteArray(1, KEYS[random.nextInt(KEYS.length)].getBytes(StandardCharsets.UTF_8));
    }
  }

  private void numbers(int field, int count) throws IOException {
    int left = count;
    while (left > 0) {
      int packed = random.nextInt(left + 1);
      if (packed > 0 || random.nextInt(4) == 0) {
        out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        out.writeUInt32NoTag(packed * Long.BYTES);
        for (int i = 0; i < packed; i++) {
          out.writeFixed64NoTag(number(field));
        }
      } else {
        out.writeFixed64(field, number(field));
        packed = 1;
      }
      left -= packed;
    }
  }

  private long number(int field) {
    if (field == 3) {
      return Double.doubleToRawLongBits(VALUES[random.nextInt(VALUES.length)]);
    }
    return switch (random.nextInt(10)) {
      case 0 -> random.nextLong();
      case 1 -> now + 1_000_000_001L;
      case 2 -> now + 1_000_000_000L;
      case 3 -> -1;
      default -> now - random.nextInt(1_000);
    };
  }

  /** A field that is not in the message, or is there with another type. */
  private void unknown(int depth) throws IOException {
    int field = 1 + random.nextInt(9);
    switch (random.nextInt(depth > 0 ? 5 : 4)) {
      case 0 -> out.writeFixed32(field, random.nextInt());
      case 1 -> out.writeUInt64(field + 5, random.nextLong());
      case 2 -> out.writeFixed64(field + 5, random.nextLong());
      case 3 -> out.writeByteArray(field + 5, new byte[random.nextInt(5)]);
      default -> {
        out.writeTag(field, WireFormat.WIRETYPE_START_GROUP);
        unknown(depth - 1);
        out.writeTag(field, WireFormat.WIRETYPE_END_GROUP);
      }
    }
  }

  private byte[] written() throws IOException {
    out.flush();
    return bytes.toByteArray();
  }
}
