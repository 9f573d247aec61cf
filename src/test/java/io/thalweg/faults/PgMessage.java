package io.thalweg.faults;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A message of PostgreSQL's protocol, version 3: a type, but for the very first ones, a length, and
 * the rest.
 */
record PgMessage(char type, byte[] body) {
  static final char PARSE = 'P';
  static final char BIND = 'B';
  static final char COMMAND_COMPLETE = 'C';
  static final char READY = 'Z';

  private static final char UNTYPED = 0;
  private static final int CANCEL = 80877102;
  private static final int SSL = 80877103;
  private static final int GSS = 80877104;
  private static final int BUFFER = 1 << 16;
  private static final int BYTES_MAX = 1 << 28;

  static DataInputStream buffered(InputStream in) {
    return new DataInputStream(new BufferedInputStream(in, BUFFER));
  }

  static BufferedOutputStream buffered(OutputStream out) {
    return new BufferedOutputStream(out, BUFFER);
  }

  static PgMessage read(DataInputStream in) throws IOException {
    char type = (char) in.readUnsignedByte();
    return new PgMessage(type, readBody(in));
  }

  static PgMessage readUntyped(InputStream in) throws IOException {
    return new PgMessage(UNTYPED, readBody(new DataInputStream(in)));
  }

  private static byte[] readBody(DataInputStream in) throws IOException {
    int length = in.readInt() - Integer.BYTES;
    if (length < 0 || length > BYTES_MAX) {
      throw new IOException("a message of " + length + " bytes");
    }
    byte[] body = new byte[length];
    in.readFully(body);
    return body;
  }

  void write(OutputStream out) throws IOException {
    if (type != UNTYPED) {
      out.write(type);
    }
    out.write(ByteBuffer.allocate(Integer.BYTES).putInt(Integer.BYTES + body.length).array());
    out.write(body);
  }

  int bytes() {
    return body.length;
  }

  boolean contains(String text) {
    return new String(body, StandardCharsets.ISO_8859_1).contains(text);
  }

  boolean asksForEncryption() {
    return code() == SSL || code() == GSS;
  }

  /** Another session's statement: nothing follows. */
  boolean cancels() {
    return code() == CANCEL;
  }

  private int code() {
    return body.length < Integer.BYTES ? 0 : ByteBuffer.wrap(body).getInt();
  }
}
