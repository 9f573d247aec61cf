package io.thalweg.node;

/** What a failure's first cause says. */
final class RootMessage {
  private RootMessage() {}

  static String of(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
