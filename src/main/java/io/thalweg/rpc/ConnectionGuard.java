package io.thalweg.rpc;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands at the door of a server: a connection over the limits, or of an address that is held off
 * for what its connections did before, is closed before anything is made for it, and each other one
 * gets a {@link FrameGuard}. It belongs into the pipeline of a channel that listens, on whose
 * thread connections come; they go on threads of their own.
 */
public final class ConnectionGuard extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionGuard.class);
  private static final long LOG_EVERY_NANOS = 60_000_000_000L;

  private static final int KEPT_MAX = 100;
  private static final int KEPT_MILLIS = 1_000;

  private final ConnectionLimits limits;
  private final Map<InetAddress, Integer> open = new HashMap<>();
  private final HoldOff holdOff;
  private final AtomicLong refused = new AtomicLong();
  private int count;
  private int kept;
  private long loggedNanos = System.nanoTime() - LOG_EVERY_NANOS;

  public ConnectionGuard(ConnectionLimits limits) {
    this.limits = limits;
    this.holdOff = new HoldOff(limits.faultsPerMinuteMax(), limits.holdOffMax(), System::nanoTime);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object accepted) {
    Channel connection = (Channel) accepted;
    InetAddress address = ((InetSocketAddress) connection.remoteAddress()).getAddress();
    if (holdOff.holds(address)) {
      say(
          "its address is held off, because more than {} connections of it had to be closed in a minute (thalweg.grpc.connection-faults-per-minute-max, hold-off-max)",
          limits.faultsPerMinuteMax(),
          address);
      keepWaiting(context, connection);
    } else if (admits(address)) {
      var unused = connection.closeFuture().addListener(closed -> gone(address));
      connection.pipeline().addLast(new FrameGuard(limits, () -> holdOff.fault(address)));
      context.fireChannelRead(connection);
    } else {
      close(connection);
    }
  }

  /**
   * Nobody reads from it, and it is closed in a second: who waits for that does not connect again
   * meanwhile, which costs as much as a flood. Only a few at a time, for each takes a descriptor.
   */
  private void keepWaiting(ChannelHandlerContext context, Channel connection) {
    if (kept >= KEPT_MAX) {
      close(connection);
      return;
    }
    kept++;
    var unused =
        context
            .executor()
            .schedule(
                () -> {
                  kept--;
                  close(connection);
                },
                KEPT_MILLIS,
                TimeUnit.MILLISECONDS);
  }

  private void close(Channel connection) {
    refused.incrementAndGet();
    // By a reset: a port that waits for the last packets of each would be taken for a minute.
    connection.config().setOption(ChannelOption.SO_LINGER, 0);
    connection.unsafe().closeForcibly();
  }

  private synchronized boolean admits(InetAddress address) {
    int ofAddress = open.getOrDefault(address, 0);
    if (count >= limits.connectionsMax()) {
      say("there are {} connections (thalweg.grpc.connections-max)", count, address);
      return false;
    }
    if (ofAddress >= limits.perAddressMax()) {
      say(
          "there are {} connections of its address (thalweg.grpc.connections-per-address-max)",
          ofAddress,
          address);
      return false;
    }
    count++;
    open.merge(address, 1, Integer::sum);
    return true;
  }

  /** A line a minute, however many are refused. */
  private void say(String why, int number, InetAddress address) {
    long now = System.nanoTime();
    if (now - loggedNanos >= LOG_EVERY_NANOS) {
      loggedNanos = now;
      LOG.warn(
          "a connection from {} is refused, and {} were before: " + why,
          address.getHostAddress(),
          refused.get(),
          number);
    }
  }

  private synchronized void gone(InetAddress address) {
    count--;
    open.computeIfPresent(
        address, (known, connections) -> connections > 1 ? connections - 1 : null);
  }
}
