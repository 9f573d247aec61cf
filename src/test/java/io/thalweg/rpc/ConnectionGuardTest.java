package io.thalweg.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.Unpooled;
import io.grpc.netty.shaded.io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ConnectionGuardTest {
  private static final String ATTACKER = "10.0.0.66";
  private static final String OTHER = "10.0.0.1";
  private static final int FAULTS = 3;

  private final EmbeddedChannel listener = listener(Duration.ofMinutes(1));

  private static EmbeddedChannel listener(Duration holdOffMax) {
    return new EmbeddedChannel(
        new ConnectionGuard(
            new ConnectionLimits(6, 4, 100, Duration.ofSeconds(20), 1, FAULTS, holdOffMax)));
  }

  @Test
  void connectionsOfOneAddressAndOfAllAreBounded() {
    List<EmbeddedChannel> open = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      open.add(connect(listener, ATTACKER));
    }
    assertThat(open).allMatch(EmbeddedChannel::isOpen);
    assertThat(connect(listener, ATTACKER).isOpen()).isFalse();
    assertThat(connect(listener, OTHER).isOpen()).isTrue();
    assertThat(connect(listener, OTHER).isOpen()).isTrue();
    assertThat(connect(listener, "10.0.0.2").isOpen()).isFalse();
    open.getFirst().close();
    assertThat(connect(listener, "10.0.0.2").isOpen()).isTrue();
  }

  @Test
  void addressWithTooManyFaultsIsHeldOffButItsOtherConnectionsAndOthersAreNot() {
    EmbeddedChannel before = connect(listener, ATTACKER);
    for (int i = 0; i <= FAULTS; i++) {
      misbehave(connect(listener, ATTACKER));
    }
    EmbeddedChannel kept = connect(listener, ATTACKER);
    assertThat(kept.pipeline().get(FrameGuard.class)).isNull();
    assertThat(listener.<Object>readInbound()).isNull();
    assertThat(before.isOpen()).isTrue();
    assertThat(connect(listener, OTHER).pipeline().get(FrameGuard.class)).isNotNull();
    assertThat(kept.isOpen()).isTrue();
    listener.advanceTimeBy(1, TimeUnit.SECONDS);
    listener.runScheduledPendingTasks();
    assertThat(kept.isOpen()).isFalse();
  }

  @Test
  void onlySoManyThatAreHeldOffAreKeptWaiting() {
    for (int i = 0; i <= FAULTS; i++) {
      misbehave(connect(listener, ATTACKER));
    }
    List<EmbeddedChannel> kept = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      kept.add(connect(listener, ATTACKER));
    }
    assertThat(kept.stream().filter(EmbeddedChannel::isOpen)).hasSize(100);
  }

  @Test
  void noneIsHeldOffWhereItIsTurnedOff() {
    EmbeddedChannel lenient = listener(Duration.ZERO);
    for (int i = 0; i <= 10 * FAULTS; i++) {
      misbehave(connect(lenient, ATTACKER));
    }
    assertThat(connect(lenient, ATTACKER).pipeline().get(FrameGuard.class)).isNotNull();
  }

  private static EmbeddedChannel connect(EmbeddedChannel listener, String address) {
    EmbeddedChannel connection =
        new EmbeddedChannel() {
          @Override
          protected SocketAddress remoteAddress0() {
            return new InetSocketAddress(address, 1_234);
          }
        };
    listener.writeInbound(connection);
    var admitted = listener.readInbound();
    assertThat(admitted).isIn(connection, null);
    return connection;
  }

  /** More empty settings than it may send. */
  private static void misbehave(EmbeddedChannel connection) {
    assertThat(connection.pipeline().get(FrameGuard.class)).isNotNull();
    ByteBuf bytes =
        Unpooled.buffer()
            .writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < 2; i++) {
      bytes.writeMedium(0).writeByte(4).writeByte(0).writeInt(0);
    }
    connection.writeInbound(bytes);
    assertThat(connection.isOpen()).isFalse();
  }
}
