package io.thalweg.journal;

import com.google.protobuf.InvalidProtocolBufferException;
import io.thalweg.domain.key.KeyEvent;
import io.thalweg.journal.v1.Recorded;
import java.io.NotSerializableException;
import java.util.Arrays;

/**
 * Any bytes as a stored event: an event, or bytes that are not readable, and nothing else. What is
 * no message for protoc's parser is no event, and an event that was read is written and read again
 * as the same.
 */
public final class EventFuzz {
  private static final KeyEventSerializer SERIALIZER = new KeyEventSerializer();

  private EventFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) throws NotSerializableException {
    KeyEvent event;
    try {
      event = (KeyEvent) SERIALIZER.fromBinary(input, KeyEventSerializer.RECORDED_1);
    } catch (NotSerializableException unreadable) {
      idled(input);
      return;
    }
    if (!isMessage(input)) {
      throw new AssertionError("an event was read from what is no message");
    }
    same(event, KeyEventSerializer.RECORDED_1);
    idled(input);
  }

  private static void idled(byte[] input) throws NotSerializableException {
    try {
      same(
          (KeyEvent) SERIALIZER.fromBinary(input, KeyEventSerializer.IDLED_1),
          KeyEventSerializer.IDLED_1);
    } catch (NotSerializableException unreadable) {
      // As declared.
    }
  }

  private static void same(KeyEvent event, String manifest) throws NotSerializableException {
    byte[] bytes = SERIALIZER.toBinary(event);
    byte[] again = SERIALIZER.toBinary(SERIALIZER.fromBinary(bytes, manifest));
    if (!Arrays.equals(bytes, again)) {
      throw new AssertionError("an event is not the same after it was written and read");
    }
  }

  private static boolean isMessage(byte[] input) {
    try {
      Recorded.parseFrom(input);
      return true;
    } catch (InvalidProtocolBufferException e) {
      return false;
    }
  }
}
