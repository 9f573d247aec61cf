package io.thalweg.journal.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between the store and the server, and loses answers, or all, when told to. */
final class TcpProxy implements AutoCloseable {
  /** What is let through. */
  enum Mode {
    ALL,
    /** Questions reach the server, its answers are lost. */
    NO_ANSWERS,
    /** Connections are cut, and none is made. */
    NOTHING
  }

  private final int serverPort;
  private final ServerSocket listening;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile Mode mode = Mode.ALL;

  TcpProxy(int serverPort) {
    this.serverPort = serverPort;
    try {
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  void set(Mode next) {
    mode = next;
    if (next == Mode.NOTHING) {
      cutAll();
    }
  }

  /** Cuts all connections; new ones can be made. */
  void cutAll() {
    open.forEach(TcpProxy::close);
  }

  @Override
  public void close() throws IOException {
    listening.close();
    cutAll();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket client = listening.accept();
        if (mode == Mode.NOTHING) {
          close(client);
          continue;
        }
        Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
        open.add(client);
        open.add(server);
        start(() -> copy(client, server, false));
        start(() -> copy(server, client, true));
      } catch (IOException e) {
        // closed, or the server is gone
      }
    }
  }

  private void copy(Socket from, Socket to, boolean answers) {
    byte[] buffer = new byte[1 << 16];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      int read;
      while ((read = in.read(buffer)) >= 0) {
        if (!(answers && mode == Mode.NO_ANSWERS)) {
          out.write(buffer, 0, read);
        }
      }
    } catch (IOException e) {
      // cut
    } finally {
      close(from);
      close(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // it is gone
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "tcp-proxy");
    thread.setDaemon(true);
    thread.start();
  }
}
