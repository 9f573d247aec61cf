package io.thalweg.hostile;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * What is no attack, to compare attacks with: they share the machine with the node and take time of
 * its processors, and so does other work.
 */
final class Controls {
  private static final int BUFFER = 1 << 16;
  private static final int WATCHED = 100;
  private static final int EVERY_MILLIS = 10;

  private Controls() {}

  static List<Attack> all() {
    return List.of(
        new Attack(
            "nothing",
            "no attack: how unquiet the machine is",
            Set.of("nothing"),
            (target, sight) -> {
              TimeUnit.NANOSECONDS.sleep(target.lasting().toNanos());
              sight.add("nothing");
            }),
        new Attack(
            "elsewhere",
            "pings without end to a socket that is not the node's: what an attacker's own work costs",
            Set.of("frames"),
            Controls::elsewhere),
        new Attack(
            "ordinary-keys",
            "32,768 keys with hash codes of their own, again and again",
            Set.of("OK"),
            KeyAttacks::ordinaryKeys),
        new Attack(
            "unwatched",
            "the samples of `slow-subscriber` without its watches",
            Set.of("OK"),
            Controls::unwatched));
  }

  private static void elsewhere(Target target, Sight sight) throws Exception {
    long deadline = target.deadline();
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket socket = new Socket(listener.getInetAddress(), listener.getLocalPort());
        Socket accepted = listener.accept()) {
      Thread.ofPlatform().daemon().start(() -> readAll(accepted));
      OutputStream out = socket.getOutputStream();
      byte[] ping = Frame.ping(1).bytes();
      byte[] many = new byte[BUFFER / ping.length * ping.length];
      for (int i = 0; i < many.length; i += ping.length) {
        System.arraycopy(ping, 0, many, i, ping.length);
      }
      while (System.nanoTime() < deadline) {
        out.write(many);
        sight.add("frames", many.length / ping.length);
      }
    }
  }

  private static void readAll(Socket socket) {
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = socket.getInputStream()) {
      while (in.read(buffer) >= 0) {}
    } catch (IOException closed) {
      // It is over.
    }
  }

  private static void unwatched(Target target, Sight sight) throws Exception {
    long deadline = target.deadline();
    try (RawConnection producer = RawConnection.open(target)) {
      for (int batch = 0; System.nanoTime() < deadline; batch++) {
        byte[] body = Body.of(ConnectionAttacks.watched(WATCHED, batch));
        sight.add(MessageAttacks.call(producer, Body.INGEST_BATCH, Map.of(), body));
        TimeUnit.MILLISECONDS.sleep(EVERY_MILLIS);
      }
    }
  }
}
