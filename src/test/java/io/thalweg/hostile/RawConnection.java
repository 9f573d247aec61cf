package io.thalweg.hostile;

import io.grpc.Status;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Exception;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Headers;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A client's connection of HTTP/2 whose frames are written by hand. A thread of its own reads: it
 * keeps the windows, and notes how each stream and the connection end. Frames are written by one
 * thread at a time.
 */
final class RawConnection implements AutoCloseable {
  static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final int FRAME_BYTES_MAX = 16_384;
  private static final int WINDOW = 65_535;
  private static final int WRITE_BUFFER = 1 << 16;
  private static final String OPEN = "open";

  /** Whether it gives back the room in its windows that responses have taken. */
  enum Reading {
    ALL,
    NOTHING_GIVEN_BACK
  }

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private final Reading reading;
  private final DefaultHttp2HeadersDecoder headers = new DefaultHttp2HeadersDecoder(false);
  private final CompletableFuture<String> end = new CompletableFuture<>();
  private final Map<Integer, CompletableFuture<String>> streams = new ConcurrentHashMap<>();
  private final Map<Integer, ByteArrayOutputStream> bodies = new ConcurrentHashMap<>();
  private final Map<Integer, Integer> windows = new ConcurrentHashMap<>();
  private final ByteArrayOutputStream block = new ByteArrayOutputStream();
  private int connectionWindow = WINDOW;
  private int initialWindow = WINDOW;
  private int lastStream = -1;

  private RawConnection(Socket socket, InputStream in, Reading reading) throws IOException {
    this.socket = socket;
    this.in = in;
    this.reading = reading;
    this.out = new BufferedOutputStream(socket.getOutputStream(), WRITE_BUFFER);
  }

  static RawConnection open(Target target) throws IOException {
    return open(target.connect(), Frame.settings(), Reading.ALL);
  }

  /** With these first settings. */
  static RawConnection open(Socket socket, Frame settings, Reading reading) throws IOException {
    return open(socket, socket.getInputStream(), settings, reading);
  }

  /** That reads what comes as a stream over the socket's gives it. */
  static RawConnection open(Socket socket, InputStream in, Frame settings, Reading reading)
      throws IOException {
    RawConnection connection = new RawConnection(socket, in, reading);
    connection.out.write(PREFACE);
    connection.write(settings);
    connection.flush();
    Thread.ofVirtual().start(connection::read);
    return connection;
  }

  void write(Frame... frames) throws IOException {
    for (Frame frame : frames) {
      out.write(frame.bytes());
    }
  }

  void flush() throws IOException {
    out.flush();
  }

  /** The number of a new stream. */
  int nextStream() {
    lastStream += 2;
    int stream = lastStream;
    streams.put(stream, new CompletableFuture<>());
    synchronized (windows) {
      windows.put(stream, initialWindow);
    }
    return stream;
  }

  /** Opens a call; its requests are to follow. */
  int call(String path, Map<String, String> more) throws IOException {
    int stream = nextStream();
    write(Frame.headers(stream, Frame.END_HEADERS, Hpack.call(path, more)));
    return stream;
  }

  /** A call with a body, as it is. */
  int call(String path, Map<String, String> more, byte[] body)
      throws IOException, InterruptedException {
    int stream = call(path, more);
    send(stream, body, true);
    flush();
    return stream;
  }

  /**
   * Sends data as the server's windows allow.
   *
   * @return false where the stream or the connection has ended before
   */
  boolean send(int stream, byte[] body, boolean last) throws IOException, InterruptedException {
    int at = 0;
    do {
      int room = awaitRoom(stream, body.length - at);
      if (room < 0) {
        return false;
      }
      boolean ends = last && at + room == body.length;
      write(
          Frame.data(stream, ends ? Frame.END_STREAM : 0, Arrays.copyOfRange(body, at, at + room)));
      at += room;
    } while (at < body.length);
    return true;
  }

  private int awaitRoom(int stream, int wanted) throws IOException, InterruptedException {
    synchronized (windows) {
      while (true) {
        if (end.isDone() || of(stream).isDone()) {
          return -1;
        }
        int window = Math.min(connectionWindow, windows.getOrDefault(stream, 0));
        if (window > 0 || wanted == 0) {
          int room = Math.min(Math.min(window, wanted), FRAME_BYTES_MAX);
          connectionWindow -= room;
          windows.merge(stream, -room, Integer::sum);
          return room;
        }
        flush();
        windows.wait(100);
      }
    }
  }

  /** How a stream ends. */
  CompletableFuture<String> of(int stream) {
    return streams.getOrDefault(stream, end);
  }

  /** What has come as the body of a stream's response. */
  byte[] body(int stream) {
    ByteArrayOutputStream body = bodies.get(stream);
    return body == null ? new byte[0] : body.toByteArray();
  }

  /** How a stream ends, within some time; {@code open}: it did not. */
  String outcome(int stream, int seconds) throws InterruptedException {
    return within(of(stream), seconds);
  }

  /** How the connection ends, within some time; {@code open}: it did not. */
  String end(int seconds) throws InterruptedException {
    return within(end, seconds);
  }

  boolean hasEnded() {
    return end.isDone();
  }

  private static String within(CompletableFuture<String> outcome, int seconds)
      throws InterruptedException {
    try {
      return outcome.get(seconds, TimeUnit.SECONDS);
    } catch (TimeoutException notYet) {
      return OPEN;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  private void read() {
    try (DataInputStream in = new DataInputStream(this.in)) {
      while (true) {
        int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
        int type = in.readUnsignedByte();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = new byte[length];
        in.readFully(payload);
        received(new Frame(type, flags, stream, payload));
      }
    } catch (IOException | Http2Exception gone) {
      ended("closed");
    }
  }

  private void received(Frame frame) throws Http2Exception, IOException {
    switch (frame.type()) {
      case Frame.DATA -> data(frame);
      case Frame.HEADERS, Frame.CONTINUATION -> headers(frame);
      case Frame.RST_STREAM -> of(frame.stream()).complete("RST_STREAM " + frame.error());
      case Frame.SETTINGS -> settings(frame);
      case Frame.WINDOW_UPDATE -> window(frame);
      case Frame.GOAWAY -> ended("GOAWAY " + frame.error());
      default -> {}
    }
    synchronized (windows) {
      windows.notifyAll();
    }
  }

  private void data(Frame frame) throws IOException {
    bodies
        .computeIfAbsent(frame.stream(), first -> new ByteArrayOutputStream())
        .writeBytes(frame.payload());
    if (reading == Reading.ALL && frame.payload().length > 0) {
      answer(Frame.windowUpdate(0, frame.payload().length));
      answer(Frame.windowUpdate(frame.stream(), frame.payload().length));
    }
  }

  private void headers(Frame frame) throws Http2Exception {
    block.writeBytes(frame.payload());
    if (frame.has(Frame.END_HEADERS)) {
      Http2Headers decoded =
          headers.decodeHeaders(frame.stream(), Unpooled.wrappedBuffer(block.toByteArray()));
      block.reset();
      CharSequence status = decoded.get("grpc-status");
      if (status != null) {
        int code = Integer.parseInt(status.toString());
        of(frame.stream()).complete(Status.fromCodeValue(code).getCode().name());
      } else if (frame.has(Frame.END_STREAM)) {
        of(frame.stream()).complete("HTTP " + decoded.status());
      }
    }
  }

  private void settings(Frame frame) throws IOException {
    if (frame.has(Frame.ACK)) {
      return;
    }
    ByteBuffer settings = ByteBuffer.wrap(frame.payload());
    while (settings.hasRemaining()) {
      int name = settings.getShort();
      int value = settings.getInt();
      if (name == Frame.INITIAL_WINDOW_SIZE) {
        synchronized (windows) {
          int more = value - initialWindow;
          windows.replaceAll((stream, window) -> window + more);
          initialWindow = value;
        }
      }
    }
    answer(Frame.acknowledgement(Frame.SETTINGS, new byte[0]));
  }

  private void window(Frame frame) {
    int increment = ByteBuffer.wrap(frame.payload()).getInt();
    synchronized (windows) {
      if (frame.stream() == 0) {
        connectionWindow += increment;
      } else {
        windows.merge(frame.stream(), increment, Integer::sum);
      }
    }
  }

  /** Whole, in between what is attacked with. */
  private void answer(Frame frame) throws IOException {
    synchronized (out) {
      out.write(frame.bytes());
      out.flush();
    }
  }

  private void ended(String how) {
    end.complete(how);
    streams.values().forEach(stream -> stream.complete(how));
    synchronized (windows) {
      windows.notifyAll();
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException alreadyGone) {
      ended("closed");
    }
  }
}
