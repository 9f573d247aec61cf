package io.thalweg.cli.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Names the producer that a file is. It depends on all that decides which sample stands in which
 * batch (the file's name and bytes, how they are read, the size of a batch) and on nothing else, so
 * that every run over the same file numbers the same batches in the same way, and no other file
 * shares the numbers.
 */
final class Fingerprint {
  /** To be changed whenever the same lines would make other batches than before. */
  private static final String LAYOUT = "1";

  private static final int NAME_CHARS_MAX = 64;
  private static final int HASH_BYTES = 16;

  private Fingerprint() {}

  static String of(Source source, Mapping mapping, int batchSize) throws IOException {
    MessageDigest digest = sha256();
    String head =
        String.join("\0", LAYOUT, source.name(), mapping.canonical(), String.valueOf(batchSize));
    digest.update(head.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    byte[] buffer = new byte[1 << 16];
    try (InputStream bytes = source.open()) {
      for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
    String hash = HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
    return "file:" + shortened(source.name()) + ":" + hash;
  }

  private static String shortened(String name) {
    int end =
        name.offsetByCodePoints(0, Math.min(NAME_CHARS_MAX, name.codePointCount(0, name.length())));
    return name.substring(0, end);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
