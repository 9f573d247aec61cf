package io.thalweg.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Stands between nodes and their database, with a door for each node. It understands as much of
 * PostgreSQL's protocol as it takes to see a flush go and its answer come, and can delay what nodes
 * say, and spring a {@link Trap} on a flush.
 */
final class DatabaseProxy implements AutoCloseable {
  private static final int ACCEPT_BACKLOG = 50;

  private final int databasePort;
  private final List<ServerSocket> doors = new ArrayList<>();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable Trap> trap = new AtomicReference<>();
  private final AtomicLong delayed = new AtomicLong();
  private final AtomicReference<@Nullable Hold> hold = new AtomicReference<>();
  private volatile Duration delay = Duration.ZERO;

  private DatabaseProxy(int databasePort) {
    this.databasePort = databasePort;
  }

  static DatabaseProxy start(String host, int databasePort, int nodes) throws IOException {
    DatabaseProxy proxy = new DatabaseProxy(databasePort);
    for (int node = 0; node < nodes; node++) {
      ServerSocket door = new ServerSocket(0, ACCEPT_BACKLOG, InetAddress.getByName(host));
      proxy.doors.add(door);
      int number = node;
      Thread.ofVirtual().start(() -> proxy.accept(door, number));
    }
    return proxy;
  }

  int port(int node) {
    return doors.get(node).getLocalPort();
  }

  /** Each message of a node waits so long before it goes on. */
  void delay(Duration each) {
    delay = each;
  }

  /** The node's next flush with events waits here until it is let go. */
  void hold(Hold next) {
    hold.set(next);
  }

  /** How many messages have waited. */
  long delayed() {
    return delayed.get();
  }

  /** The next flush that fits springs the trap. Replaces one that was not sprung. */
  void set(Trap next) {
    trap.set(next);
  }

  void unset() {
    trap.set(null);
  }

  private void accept(ServerSocket door, int node) {
    while (!door.isClosed()) {
      try {
        Socket client = door.accept();
        Thread.ofVirtual().start(() -> connect(client, node));
      } catch (SocketException closed) {
        return;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void connect(Socket client, int node) {
    Socket server = new Socket();
    open.add(client);
    open.add(server);
    Session session = new Session(node, client, server);
    try {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      server.connect(new InetSocketAddress("127.0.0.1", databasePort));
      if (session.begin()) {
        Thread.ofVirtual().start(session::pumpAnswers);
        session.pumpRequests();
      }
    } catch (IOException gone) {
      // one side has ended: so does the other
    } finally {
      session.end();
    }
  }

  @Override
  public void close() throws IOException {
    for (ServerSocket door : doors) {
      door.close();
    }
    for (Socket socket : open) {
      socket.close();
    }
  }

  /** One connection. */
  private final class Session {
    private final int node;
    private final Socket client;
    private final Socket server;
    private volatile boolean flushes;
    private volatile @Nullable Trap sprung;
    private volatile @Nullable Hold held;

    Session(int node, Socket client, Socket server) {
      this.node = node;
      this.client = client;
      this.server = server;
    }

    /** The first messages have no type. Returns whether a session follows. */
    boolean begin() throws IOException {
      while (true) {
        PgMessage first = PgMessage.readUntyped(client.getInputStream());
        first.write(server.getOutputStream());
        if (!first.asksForEncryption()) {
          return !first.cancels();
        }
        client.getOutputStream().write(server.getInputStream().read()); // 'N': no
      }
    }

    void pumpRequests() throws IOException {
      var in = PgMessage.buffered(client.getInputStream());
      var out = PgMessage.buffered(server.getOutputStream());
      while (true) {
        PgMessage message = PgMessage.read(in);
        if (message.type() == PgMessage.PARSE && message.contains(".flush(")) {
          flushes = true;
        }
        if (message.type() == PgMessage.BIND && flushes) {
          if (springs(message)) {
            return;
          }
          holdBack(message);
        }
        message.write(out);
        if (in.available() == 0) {
          await();
          out.flush();
        }
      }
    }

    /** Whether a trap ends it all here. */
    private boolean springs(PgMessage flush) {
      Trap set = trap.get();
      if (set == null || !set.fits(flush) || !trap.compareAndSet(set, null)) {
        return false;
      }
      if (set.point() == Trap.Point.BEFORE_COMMIT) {
        set.spring(node, "a flush of %,d bytes was withheld".formatted(flush.bytes()));
        return true;
      }
      sprung = set;
      return false;
    }

    private void holdBack(PgMessage flush) throws IOException {
      Hold set = hold.get();
      if (set == null
          || set.node() != node
          || !flush.contains(Trap.What.EVENTS.manifest())
          || !hold.compareAndSet(set, null)) {
        return;
      }
      held = set;
      set.withheld().complete(null);
      try {
        set.gate().await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    void pumpAnswers() {
      try {
        var in = PgMessage.buffered(server.getInputStream());
        var out = PgMessage.buffered(client.getOutputStream());
        boolean completed = false;
        while (true) {
          PgMessage message = PgMessage.read(in);
          Trap now = sprung;
          completed |= message.type() == PgMessage.COMMAND_COMPLETE;
          boolean isEnd = message.type() == PgMessage.READY;
          if (now == null || now.point() == Trap.Point.AFTER_REPLY) {
            message.write(out);
            if (isEnd || in.available() == 0) {
              out.flush();
            }
          }
          Hold before = held;
          if (before != null && isEnd) {
            before.answered().complete(null);
          }
          if (now != null && isEnd) {
            now.spring(
                node,
                completed ? "the database said CommandComplete, and " + now.point().text() : "");
            end();
            return;
          }
          completed &= !isEnd;
        }
      } catch (IOException gone) {
        end();
      }
    }

    private void await() throws IOException {
      Duration each = delay;
      try {
        if (!each.isZero()) {
          Thread.sleep(each);
          delayed.incrementAndGet();
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }

    void end() {
      try {
        client.close();
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      open.remove(client);
      open.remove(server);
    }
  }
}
