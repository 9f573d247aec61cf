package io.thalweg.hostile;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;

/**
 * What is attacked.
 *
 * @param port of the node on loopback
 * @param source the attacker's address is 127.0.0.source; the honest come from 127.0.0.1
 * @param lasting how long an attack goes on that could for ever
 * @param isShort whether an attack that takes a number of things takes a small one
 */
record Target(int port, int source, Duration lasting, boolean isShort) {
  /** Attackers may write to this stream, and the honest to another one. */
  static final String STREAM = "prey";

  private static final int CONNECT_MILLIS_MAX = 5_000;
  private static final int READ_MILLIS_MAX = 30_000;

  /** Of one attack alone. */
  static final int SOURCE = 66;

  Socket connect() throws IOException {
    return connect(0);
  }

  /**
   * @param receiveBytes of the socket's buffer; 0: as many as usual
   */
  Socket connect(int receiveBytes) throws IOException {
    Socket socket = new Socket();
    try {
      if (receiveBytes > 0) {
        socket.setReceiveBufferSize(receiveBytes);
      }
      socket.bind(
          new InetSocketAddress(
              InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) source}), 0));
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS_MAX);
      socket.setSoTimeout(READ_MILLIS_MAX);
      socket.setTcpNoDelay(true);
      return socket;
    } catch (IOException failure) {
      socket.close();
      throw failure;
    }
  }

  /** When an attack that begins now is over, by {@link System#nanoTime}. */
  long deadline() {
    return System.nanoTime() + lasting.toNanos();
  }

  /** A number of things. */
  int many(int usual) {
    return isShort ? Math.max(1, usual / 10) : usual;
  }
}
