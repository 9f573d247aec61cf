package io.thalweg.ingest.kafka;

/** A record that no sample can be made of. What it says is for people, and goes in a header. */
final class Poison extends Exception {
  private static final long serialVersionUID = 1;

  Poison(String reason) {
    super(reason, null, false, false);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}
