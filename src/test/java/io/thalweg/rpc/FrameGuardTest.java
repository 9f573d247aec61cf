package io.thalweg.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FrameGuardTest {
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final int CONTINUATION = 9;
  private static final int ACK = 1;
  private static final int END_HEADERS = 4;
  private static final Duration TIMEOUT = Duration.ofMillis(200);

  private int faults;
  private final EmbeddedChannel channel =
      new EmbeddedChannel(
          new FrameGuard(
              new ConnectionLimits(10, 10, 3, TIMEOUT, 5, 10, Duration.ofMinutes(1)),
              () -> faults++));

  @Test
  void longStreamOfWholeFramesIsReadOnHoweverItIsCut() throws Exception {
    settle();
    ByteBuf frame = frame(DATA, 0, 100);
    int half = frame.readableBytes() / 2;
    write(frame.retainedSlice(0, half)); // from now on a frame is always incomplete
    for (int i = 0; i < 60; i++) {
      Thread.sleep(10);
      write(
          Unpooled.wrappedBuffer(
              frame.retainedSlice(half, frame.readableBytes() - half),
              frame.retainedSlice(0, half)));
    }
    assertThat(channel.isOpen()).isTrue();

    Thread.sleep(2 * TIMEOUT.toMillis());
    assertClosed("frame-timeout");
  }

  @Test
  void quietConnectionStaysOpenOnceItHasSettled() throws Exception {
    settle();
    Thread.sleep(2 * TIMEOUT.toMillis());
    channel.runScheduledPendingTasks();
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void connectionThatSaysNothingIsClosed() throws Exception {
    Thread.sleep(2 * TIMEOUT.toMillis());
    assertClosed("frame-timeout");
  }

  @Test
  void headersThatDoNotEndAreClosedThoughTheirFramesAreWhole() throws Exception {
    settle();
    write(frame(HEADERS, 0, 10));
    for (int i = 0; i < 30 && channel.isOpen(); i++) {
      Thread.sleep(20);
      write(frame(CONTINUATION, 0, 10));
    }
    assertClosed("frame-timeout");
  }

  @Test
  void tooManyFramesThatCarryNothingAreClosed() {
    settle(); // has the first one
    for (int i = 0; i < 4; i++) {
      write(frame(DATA, 0, 0));
    }
    assertThat(channel.isOpen()).isTrue();
    write(frame(DATA, 0, 0));
    assertClosed("empty-frames-per-minute-max");
  }

  @Test
  void callsBeyondTheirNumberWaitForTheAcknowledgement() {
    write(preface());
    for (int i = 0; i < 3; i++) {
      write(frame(HEADERS, END_HEADERS, 10));
    }
    assertThat(channel.isOpen()).isTrue();
    write(frame(HEADERS, END_HEADERS, 10));
    assertClosed("calls-per-connection-max");
  }

  private void settle() {
    write(Unpooled.wrappedBuffer(preface(), frame(SETTINGS, 0, 0), frame(SETTINGS, ACK, 0)));
  }

  private void write(ByteBuf bytes) {
    if (channel.isOpen()) {
      channel.writeInbound(bytes);
      channel.runScheduledPendingTasks();
    }
  }

  private void assertClosed(String setting) {
    channel.runScheduledPendingTasks();
    assertThat(channel.isOpen()).isFalse();
    assertThat(faults).isEqualTo(setting.equals("frame-timeout") ? 0 : 1);
    ByteBuf goAway = channel.readOutbound();
    assertThat(goAway.toString(StandardCharsets.UTF_8)).contains("thalweg.grpc." + setting);
  }

  private static ByteBuf preface() {
    return Unpooled.copiedBuffer("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", StandardCharsets.US_ASCII);
  }

  private static ByteBuf frame(int type, int flags, int length) {
    return Unpooled.buffer()
        .writeMedium(length)
        .writeByte(type)
        .writeByte(flags)
        .writeInt(1)
        .writeZero(length);
  }
}
