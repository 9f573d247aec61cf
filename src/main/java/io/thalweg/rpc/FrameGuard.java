package io.thalweg.rpc;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.grpc.netty.shaded.io.netty.handler.codec.http2.Http2Error;
import io.grpc.netty.shaded.io.netty.util.ReferenceCountUtil;
import io.grpc.netty.shaded.io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the frames of a connection of HTTP/2 (RFC 9113, section 4.1) before gRPC does, at their
 * heads alone, and closes the connection
 *
 * <ul>
 *   <li>that takes too long for its preface, a frame, or the headers of a call, which cost memory
 *       while they are incomplete, or for the acknowledgement of the server's settings,
 *   <li>that begins more calls than it may before it acknowledges them: until then nobody else
 *       bounds their number,
 *   <li>that sends too many frames which carry nothing: gRPC queues empty frames of data without
 *       any bound.
 * </ul>
 *
 * <p>It changes nothing. It tells when the connection is closed for what it did, by itself or by
 * gRPC. Of the connection's thread. Where there is TLS it must stand behind it.
 */
final class FrameGuard extends ChannelInboundHandlerAdapter {
  private static final int PREFACE_BYTES = 24;
  private static final int HEAD_BYTES = 9;
  private static final long MINUTE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int PRIORITY = 2;
  private static final int SETTINGS = 4;
  private static final int LAST_KNOWN = 9;
  private static final int CONTINUATION = 9;
  private static final int END_STREAM_OR_ACK = 1;
  private static final int END_HEADERS = 4;
  private static final int PADDED = 8;
  private static final int PADDING_MAX = 256;

  private static final int GOAWAY = 7;
  private static final int ENHANCE_YOUR_CALM = 11;

  private final ConnectionLimits limits;
  private final byte[] head = new byte[HEAD_BYTES];
  private int headBytes;
  private int toSkip = PREFACE_BYTES;
  private boolean inHeaders;
  private boolean acknowledged;
  private int earlyCalls;

  private long incompleteSinceNanos;
  private boolean incomplete = true;
  private boolean progressed;
  private @Nullable Future<?> timeout;
  private long minuteNanos;
  private int emptyFrames;
  private boolean closing;
  private final Runnable onFault;
  private boolean atFault;
  private boolean listening;

  /**
   * @param onFault called once, on the connection's thread, if it is closed for what it did; that
   *     it took too long may happen to anyone and does not count
   */
  FrameGuard(ConnectionLimits limits, Runnable onFault) {
    this.limits = limits;
    this.onFault = onFault;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    incompleteSinceNanos = System.nanoTime();
    minuteNanos = incompleteSinceNanos;
    awaitRest(context, limits.frameTimeout().toNanos());
    context.fireChannelActive();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (timeout != null) {
      timeout.cancel(false);
    }
    context.fireChannelInactive();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (closing) {
      ReferenceCountUtil.release(message);
      return;
    }
    String flaw = message instanceof ByteBuf bytes ? look(bytes) : null;
    if (flaw != null) {
      ReferenceCountUtil.release(message);
      fault();
      close(context, flaw);
      return;
    }
    follow(context);
    if (!listening) {
      listening = true;
      listenToHandler(context);
    }
    context.fireChannelRead(message);
  }

  /** What gRPC and its HTTP/2 find wrong themselves. It has its handler by the first bytes. */
  private void listenToHandler(ChannelHandlerContext context) {
    Http2ConnectionHandler handler = context.pipeline().get(Http2ConnectionHandler.class);
    if (handler != null) {
      handler
          .connection()
          .addListener(
              new Http2ConnectionAdapter() {
                @Override
                public void onGoAwaySent(int lastStream, long error, ByteBuf why) {
                  if (error != Http2Error.NO_ERROR.code()) {
                    fault();
                  }
                }
              });
    }
  }

  private void fault() {
    if (!atFault) {
      atFault = true;
      onFault.run();
    }
  }

  /** Goes from head to head; tells what is wrong. */
  private @Nullable String look(ByteBuf bytes) {
    int at = bytes.readerIndex();
    int end = bytes.writerIndex();
    while (at < end) {
      if (toSkip > 0) {
        int skipped = Math.min(toSkip, end - at);
        toSkip -= skipped;
        at += skipped;
        progressed |= toSkip == 0 && !inHeaders;
      } else {
        head[headBytes++] = bytes.getByte(at++);
        if (headBytes == HEAD_BYTES) {
          headBytes = 0;
          String flaw = begins();
          if (flaw != null) {
            return flaw;
          }
        }
      }
    }
    return null;
  }

  /** A frame begins, whose head is complete; tells what is wrong with it. */
  private @Nullable String begins() {
    int length = (head[0] & 0xff) << 16 | (head[1] & 0xff) << 8 | head[2] & 0xff;
    int type = head[3] & 0xff;
    int flags = head[4];
    toSkip = length;
    progressed |= !inHeaders;
    if (type == HEADERS || type == CONTINUATION) {
      inHeaders = (flags & END_HEADERS) == 0;
    }
    acknowledged |= type == SETTINGS && (flags & END_STREAM_OR_ACK) != 0;
    if (type == HEADERS && !acknowledged && ++earlyCalls > limits.callsMax()) {
      return "more than %,d calls are begun before the settings are acknowledged, which say that there may be as many (thalweg.grpc.calls-per-connection-max)"
          .formatted(limits.callsMax());
    }
    return !carriesNothing(type, flags, length) || mayBeEmpty()
        ? null
        : "more than %,d frames a minute carry nothing (thalweg.grpc.empty-frames-per-minute-max)"
            .formatted(limits.emptyFramesPerMinuteMax());
  }

  private boolean mayBeEmpty() {
    long now = System.nanoTime();
    if (now - minuteNanos >= MINUTE_NANOS) {
      minuteNanos = now;
      emptyFrames = 0;
    }
    return ++emptyFrames <= limits.emptyFramesPerMinuteMax();
  }

  private static boolean carriesNothing(int type, int flags, int length) {
    boolean last = (flags & END_STREAM_OR_ACK) != 0;
    return switch (type) {
      case DATA -> !last && (length == 0 || (flags & PADDED) != 0 && length <= PADDING_MAX);
      case SETTINGS -> !last;
      case PRIORITY -> true;
      default -> type > LAST_KNOWN;
    };
  }

  /**
   * Whether something is incomplete, and since when: from where it began, not from its last byte.
   */
  private void follow(ChannelHandlerContext context) {
    boolean now = toSkip > 0 || headBytes > 0 || inHeaders || !acknowledged;
    if (now && (progressed && acknowledged || !incomplete)) {
      incompleteSinceNanos = System.nanoTime();
      if (timeout == null) {
        awaitRest(context, limits.frameTimeout().toNanos());
      }
    }
    incomplete = now;
    progressed = false;
  }

  private void awaitRest(ChannelHandlerContext context, long nanos) {
    timeout = context.executor().schedule(() -> onTimeout(context), nanos, TimeUnit.NANOSECONDS);
  }

  private void onTimeout(ChannelHandlerContext context) {
    timeout = null;
    if (!incomplete) {
      return;
    }
    long left = limits.frameTimeout().toNanos() - (System.nanoTime() - incompleteSinceNanos);
    if (left > 0) {
      awaitRest(context, left);
    } else {
      // No fault: after a process, or its client, was stopped for a while, all time is over at
      // once.
      close(
          context,
          "the preface, the settings' acknowledgement, a frame or headers were not complete after %s (thalweg.grpc.frame-timeout)"
              .formatted(limits.frameTimeout()));
    }
  }

  /** With GOAWAY, whose debug data says why. */
  private void close(ChannelHandlerContext context, String why) {
    closing = true;
    byte[] reason = why.getBytes(StandardCharsets.UTF_8);
    ByteBuf goAway = Unpooled.buffer(HEAD_BYTES + 2 * Integer.BYTES + reason.length);
    goAway.writeMedium(2 * Integer.BYTES + reason.length);
    goAway.writeByte(GOAWAY).writeByte(0).writeInt(0);
    goAway.writeInt(Integer.MAX_VALUE).writeInt(ENHANCE_YOUR_CALM).writeBytes(reason);
    // Past gRPC's handler, which would take its time to part with the client.
    var unused = context.writeAndFlush(goAway).addListener(told -> context.close());
  }
}
