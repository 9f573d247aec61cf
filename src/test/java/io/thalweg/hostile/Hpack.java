package io.thalweg.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Header blocks by HPACK (RFC 7541) with literals and the static table alone. */
final class Hpack {
  private static final int METHOD_POST = 0x83;
  private static final int SCHEME_HTTP = 0x86;
  private static final int LITERAL = 0x00;
  private static final int SHORT_MAX = 127;

  private Hpack() {}

  /** Of a call of gRPC. */
  static byte[] call(String path, Map<String, String> more) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.write(METHOD_POST);
    block.write(SCHEME_HTTP);
    for (List<String> header :
        List.of(
            List.of(":path", path),
            List.of(":authority", "node"),
            List.of("te", "trailers"),
            List.of("content-type", "application/grpc"))) {
      literal(block, header.get(0), header.get(1));
    }
    more.forEach((name, value) -> literal(block, name, value));
    return block.toByteArray();
  }

  static byte[] literal(String name, String value) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    literal(block, name, value);
    return block.toByteArray();
  }

  private static void literal(ByteArrayOutputStream block, String name, String value) {
    block.write(LITERAL);
    text(block, name);
    text(block, value);
  }

  private static void text(ByteArrayOutputStream block, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < SHORT_MAX) {
      block.write(bytes.length);
    } else {
      block.write(SHORT_MAX);
      int rest = bytes.length - SHORT_MAX;
      for (; rest > SHORT_MAX; rest >>>= 7) {
        block.write(rest & SHORT_MAX | 0x80);
      }
      block.write(rest);
    }
    block.writeBytes(bytes);
  }
}
