package io.thalweg.cli.bench;

/**
 * What the keys are called. Those of one run have a prefix of their own, so that a server can be
 * measured again and again.
 */
final class KeyNames {
  private final String[] names;

  /** Makes all names at once: each goes into many batches. */
  KeyNames(String prefix, int keys) {
    this.names = new String[keys];
    for (int key = 0; key < keys; key++) {
      names[key] = prefix + key;
    }
  }

  String of(int key) {
    return names[key];
  }
}
