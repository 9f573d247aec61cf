package io.thalweg.results;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.thalweg.domain.key.StreamDefinition;
import io.thalweg.domain.key.StreamKey;
import io.thalweg.rpc.Excerpt;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What a question must keep to; what does not is refused with a status that says why. */
final class RequestChecks {
  private static final int KEY_BYTES_MAX = 512;

  private final Map<String, StreamDefinition> streams;

  /**
   * @param streams the definitions by name
   */
  RequestChecks(Map<String, StreamDefinition> streams) {
    this.streams = streams;
  }

  StreamDefinition definition(String stream) {
    if (stream.isEmpty()) {
      throw invalid("the request names no stream");
    }
    StreamDefinition definition = streams.get(stream);
    if (definition == null) {
      throw Status.NOT_FOUND
          .withDescription("there is no stream '" + Excerpt.of(stream) + "'")
          .asRuntimeException();
    }
    return definition;
  }

  static StreamKey key(String stream, String key) {
    if (key.isEmpty()) {
      throw invalid("the request names no key");
    }
    int bytes = key.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > KEY_BYTES_MAX) {
      throw invalid(
          "the key '%s' is %,d bytes long in UTF-8, and no key is longer than %,d"
              .formatted(Excerpt.of(key), bytes, KEY_BYTES_MAX));
    }
    return new StreamKey(stream, key);
  }

  static long positive(String name, long value) {
    if (value == 0) {
      throw invalid(name + " is counted from 1: 0");
    }
    return notNegative(name, value);
  }

  static long notNegative(String name, long value) {
    if (value < 0) {
      throw invalid(name + " is at most 2^63 - 1: " + Long.toUnsignedString(value));
    }
    return value;
  }

  static StatusRuntimeException invalid(String message) {
    return Status.INVALID_ARGUMENT.withDescription(message).asRuntimeException();
  }
}
