package io.thalweg.node;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;

/** A name server to which every name has the same addresses. */
final class TestNameServer implements AutoCloseable {
  private static final int HEADER_BYTES = 12;
  private static final short TYPE_A = 1;

  private final DatagramSocket socket;
  private final List<String> addresses;

  private TestNameServer(DatagramSocket socket, List<String> addresses) {
    this.socket = socket;
    this.addresses = addresses;
  }

  static TestNameServer start(List<String> addresses) throws IOException {
    TestNameServer server =
        new TestNameServer(new DatagramSocket(0, InetAddress.getLoopbackAddress()), addresses);
    Thread.ofPlatform().daemon().start(server::answer);
    return server;
  }

  int port() {
    return socket.getLocalPort();
  }

  private void answer() {
    try {
      while (!socket.isClosed()) {
        DatagramPacket question = new DatagramPacket(new byte[512], 512);
        socket.receive(question);
        byte[] answer = answer(ByteBuffer.wrap(question.getData(), 0, question.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, question.getSocketAddress()));
      }
    } catch (IOException closed) {
      // the end
    }
  }

  /** The question, and an A record for each address; none where another type is asked for. */
  private byte[] answer(ByteBuffer question) throws IOException {
    int end = HEADER_BYTES;
    while (question.get(end) != 0) {
      end += question.get(end) + 1;
    }
    short type = question.getShort(end + 1);
    int count = type == TYPE_A ? addresses.size() : 0;
    int questionBytes = end + 5 - HEADER_BYTES;
    ByteBuffer answer = ByteBuffer.allocate(512);
    answer.putShort(question.getShort(0)).putShort((short) 0x8180);
    answer.putShort((short) 1).putShort((short) count).putShort((short) 0).putShort((short) 0);
    answer.put(question.array(), HEADER_BYTES, questionBytes);
    for (int i = 0; i < count; i++) {
      answer.putShort((short) (0xC000 | HEADER_BYTES)).putShort(TYPE_A).putShort((short) 1);
      answer
          .putInt(1)
          .putShort((short) 4)
          .put(InetAddress.getByName(addresses.get(i)).getAddress());
    }
    byte[] bytes = new byte[answer.position()];
    answer.flip().get(bytes);
    return bytes;
  }

  @Override
  public void close() {
    socket.close();
  }
}
