package io.thalweg.cli.bench;

import com.google.protobuf.ByteString;

/**
 * What the keys are called. Those of one run have a prefix of their own, so that a server can be
 * measured again and again.
 */
final class KeyNames {
  private final String prefix;
  private final ByteString[] bytes;

  KeyNames(String prefix, int keys) {
    this.prefix = prefix;
    this.bytes = new ByteString[keys];
    for (int key = 0; key < keys; key++) {
      bytes[key] = ByteString.copyFromUtf8(of(key));
    }
  }

  String of(int key) {
    return prefix + key;
  }

  /** Made once: a name as a string would be made anew for each message. */
  ByteString bytes(int key) {
    return bytes[key];
  }
}
