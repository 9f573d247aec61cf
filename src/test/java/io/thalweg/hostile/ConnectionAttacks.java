package io.thalweg.hostile;

import com.google.protobuf.MessageLite;
import io.thalweg.v1.IngestRequest;
import io.thalweg.v1.Series;
import io.thalweg.v1.WatchRequest;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Connections and calls that take room and do nothing with it, or as slowly as can be. */
final class ConnectionAttacks {
  private static final int CALLS = 100;
  private static final int DRIP_MILLIS = 100;
  private static final byte[] NO_STREAM = Body.of(new byte[0]);
  private static final int READ_ALL_SECONDS = 2;
  private static final int SMALL_BUFFER = 1 << 10;

  private ConnectionAttacks() {}

  static List<Attack> all() {
    return List.of(
        new Attack(
            "slowloris",
            "500 connections whose preface, or headers, come byte by byte",
            Set.of("closed", "open", "refused"),
            ConnectionAttacks::slowloris),
        new Attack(
            "open-calls",
            "20 connections with 120 calls each that are never ended, and one with calls without end",
            Set.of("open", "RST_STREAM REFUSED_STREAM", "GOAWAY ENHANCE_YOUR_CALM", "closed"),
            ConnectionAttacks::openCalls),
        new Attack(
            "idle-connections",
            "2,000 connections that do nothing, half of them without a first byte",
            Set.of("closed", "open", "refused"),
            ConnectionAttacks::idle),
        new Attack(
            "slow-subscriber",
            "100 watches of everything on one connection that reads a byte a second",
            Set.of("open", "bytes", "RESOURCE_EXHAUSTED"),
            ConnectionAttacks::slowSubscriber));
  }

  private static void slowloris(Target target, Sight sight) throws Exception {
    byte[] headers = Frame.headers(1, 0, Hpack.call(Body.INGEST, Map.of())).bytes();
    ByteArrayOutputStream slow = new ByteArrayOutputStream();
    slow.writeBytes(RawConnection.PREFACE);
    slow.writeBytes(Frame.settings().bytes());
    int settled = slow.size();
    slow.writeBytes(headers);
    byte[] all = slow.toByteArray();
    long deadline = target.deadline();
    List<Socket> sockets = connected(target, 500, sight);
    try {
      List<Integer> at = new ArrayList<>();
      for (int i = 0; i < sockets.size(); i++) {
        int first = i % 2 == 0 ? 1 : settled + Frame.HEADER_BYTES;
        at.add(first);
        write(sockets.get(i), all, 0, first);
      }
      while (System.nanoTime() < deadline) {
        for (int i = 0; i < sockets.size(); i++) {
          int next = at.get(i);
          if (next + 1 < all.length && !sockets.get(i).isClosed()) {
            write(sockets.get(i), all, next, 1);
            at.set(i, next + 1);
          }
        }
        TimeUnit.MILLISECONDS.sleep(DRIP_MILLIS);
      }
      for (Socket socket : sockets) {
        sight.add(isOpen(socket) ? "open" : "closed");
      }
    } finally {
      close(sockets);
    }
  }

  private static void openCalls(Target target, Sight sight) throws Exception {
    List<RawConnection> connections = new ArrayList<>();
    callsWithoutEnd(target, sight);
    try {
      for (int c = 0; c < 20; c++) {
        RawConnection connection = RawConnection.open(target);
        connections.add(connection);
        connection.outcome(connection.call(Body.INGEST_BATCH, Map.of(), NO_STREAM), 5);
        for (int i = 0; i < CALLS + 20; i++) {
          connection.call(Body.INGEST, Map.of());
        }
        connection.flush();
      }
      TimeUnit.NANOSECONDS.sleep(target.lasting().toNanos());
      for (RawConnection connection : connections) {
        for (int i = 0; i < CALLS + 20; i++) {
          sight.add(connection.outcome(2 * i + 3, 0));
        }
      }
    } finally {
      connections.forEach(RawConnection::close);
    }
  }

  /** It never acknowledges the node's settings, which say how many there may be. */
  private static void callsWithoutEnd(Target target, Sight sight) throws Exception {
    long deadline = target.deadline();
    try (Socket socket = target.connect()) {
      Watchdog.closeAt(socket, deadline);
      BufferedOutputStream out = new BufferedOutputStream(socket.getOutputStream());
      out.write(RawConnection.PREFACE);
      out.write(Frame.settings().bytes());
      byte[] headers = Hpack.call(Body.INGEST, Map.of());
      for (int stream = 1; System.nanoTime() < deadline && stream > 0; stream += 2) {
        out.write(Frame.headers(stream, Frame.END_HEADERS, headers).bytes());
      }
      sight.add("open");
    } catch (IOException closed) {
      sight.add(System.nanoTime() < deadline ? "closed" : "calls without end");
    }
  }

  private static void idle(Target target, Sight sight) throws Exception {
    List<Socket> sockets = connected(target, 2_000, sight);
    try {
      for (int i = 0; i < sockets.size(); i += 2) {
        write(sockets.get(i), RawConnection.PREFACE, 0, RawConnection.PREFACE.length);
        byte[] settings = Frame.settings().bytes();
        write(sockets.get(i), settings, 0, settings.length);
      }
      TimeUnit.NANOSECONDS.sleep(target.lasting().toNanos());
      for (Socket socket : sockets) {
        sight.add(isOpen(socket) ? "open" : "closed");
      }
    } finally {
      close(sockets);
    }
  }

  /**
   * One connection watches, another one gives it something to be told. When it is over the one that
   * watches reads all that waits for it, and so learns what has become of its calls.
   */
  private static void slowSubscriber(Target target, Sight sight) throws Exception {
    long deadline = target.deadline();
    MessageLite watch = WatchRequest.newBuilder().setStream(Target.STREAM).setStates(true).build();
    byte[] body = Body.of(watch);
    Socket socket = target.connect(SMALL_BUFFER);
    SlowInput slow = new SlowInput(socket.getInputStream(), deadline);
    Frame window = Frame.setting(Frame.INITIAL_WINDOW_SIZE, Integer.MAX_VALUE);
    try (RawConnection watches =
            RawConnection.open(socket, slow, window, RawConnection.Reading.NOTHING_GIVEN_BACK);
        RawConnection producer = RawConnection.open(target)) {
      watches.write(Frame.windowUpdate(0, Integer.MAX_VALUE - (1 << 16)));
      // Before it has read them: else the node would close the connection after frame-timeout.
      watches.write(Frame.acknowledgement(Frame.SETTINGS, new byte[0]));
      for (int i = 0; i < CALLS; i++) {
        watches.call("/thalweg.v1.QueryService/Watch", Map.of(), body);
      }
      for (int batch = 0; System.nanoTime() < deadline; batch++) {
        byte[] samples = Body.of(watched(CALLS, batch));
        String outcome = MessageAttacks.call(producer, Body.INGEST_BATCH, Map.of(), samples);
        if (!outcome.equals("OK")) {
          sight.add("to the producer: " + outcome);
        }
        TimeUnit.MILLISECONDS.sleep(10);
      }
      sight.add("bytes", slow.slowly());
      int seconds = READ_ALL_SECONDS;
      for (int i = 0; i < CALLS; i++) {
        String outcome = watches.outcome(2 * i + 1, seconds);
        sight.add(outcome);
        seconds = outcome.equals("open") ? 0 : seconds;
      }
    }
  }

  /** A sample for each of the keys that are watched. */
  static IngestRequest watched(int keys, int value) {
    IngestRequest.Builder request = IngestRequest.newBuilder().setStream(Target.STREAM);
    for (int key = 0; key < keys; key++) {
      request.addSeries(Series.newBuilder().setKey("watched-" + key).addValues(value));
    }
    return request.build();
  }

  private static List<Socket> connected(Target target, int count, Sight sight) {
    List<Socket> sockets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      try {
        sockets.add(target.connect());
      } catch (IOException refused) {
        sight.add("refused");
      }
    }
    return sockets;
  }

  private static void write(Socket socket, byte[] bytes, int from, int count) throws IOException {
    try {
      socket.getOutputStream().write(bytes, from, count);
    } catch (SocketException closed) {
      socket.close();
    }
  }

  /** Reads what has come until there is nothing more, or the end. */
  private static boolean isOpen(Socket socket) {
    try {
      socket.setSoTimeout(1);
      byte[] some = new byte[1 << 10];
      while (socket.getInputStream().read(some) >= 0) {}
      return false;
    } catch (SocketTimeoutException nothingMore) {
      return true;
    } catch (IOException closed) {
      return false;
    }
  }

  private static void close(List<Socket> sockets) throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
