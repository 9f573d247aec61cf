package io.thalweg.hostile;

import java.nio.ByteBuffer;

/**
 * A frame of HTTP/2 (RFC 9113, section 4), right or wrong.
 *
 * @param stream its number; 0: the connection
 */
record Frame(int type, int flags, int stream, byte[] payload) {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int PRIORITY = 2;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  static final int END_STREAM = 1;
  static final int ACK = 1;
  static final int END_HEADERS = 4;
  static final int PADDED = 8;

  static final int INITIAL_WINDOW_SIZE = 4;
  static final int HEADER_BYTES = 9;

  private static final byte[] NOTHING = {};
  private static final String[] ERRORS = {
    "NO_ERROR",
    "PROTOCOL_ERROR",
    "INTERNAL_ERROR",
    "FLOW_CONTROL_ERROR",
    "SETTINGS_TIMEOUT",
    "STREAM_CLOSED",
    "FRAME_SIZE_ERROR",
    "REFUSED_STREAM",
    "CANCEL",
    "COMPRESSION_ERROR",
    "CONNECT_ERROR",
    "ENHANCE_YOUR_CALM",
    "INADEQUATE_SECURITY",
    "HTTP_1_1_REQUIRED"
  };

  static Frame headers(int stream, int flags, byte[] block) {
    return new Frame(HEADERS, flags, stream, block);
  }

  static Frame data(int stream, int flags, byte[] payload) {
    return new Frame(DATA, flags, stream, payload);
  }

  static Frame reset(int stream, int error) {
    return new Frame(RST_STREAM, 0, stream, ints(error));
  }

  static Frame windowUpdate(int stream, int increment) {
    return new Frame(WINDOW_UPDATE, 0, stream, ints(increment));
  }

  static Frame ping(long content) {
    return new Frame(PING, 0, 0, ByteBuffer.allocate(Long.BYTES).putLong(content).array());
  }

  static Frame settings() {
    return new Frame(SETTINGS, 0, 0, NOTHING);
  }

  static Frame setting(int name, int value) {
    byte[] payload = ByteBuffer.allocate(6).putShort((short) name).putInt(value).array();
    return new Frame(SETTINGS, 0, 0, payload);
  }

  static Frame acknowledgement(int type, byte[] payload) {
    return new Frame(type, ACK, 0, payload);
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  byte[] bytes() {
    return ByteBuffer.allocate(HEADER_BYTES + payload.length)
        .put((byte) (payload.length >> 16))
        .putShort((short) payload.length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  /** The name of the error of a reset or a GOAWAY. */
  String error() {
    int code = ByteBuffer.wrap(payload).getInt(type == GOAWAY ? Integer.BYTES : 0);
    return code >= 0 && code < ERRORS.length ? ERRORS[code] : "error " + code;
  }

  private static byte[] ints(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }
}
