package io.thalweg.rpc;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stands at the door of a server: a connection over the limits is closed before anything is made
 * for it, and each other one gets a {@link FrameGuard}. It belongs into the pipeline of a channel
 * that listens, on whose thread connections come; they go on threads of their own.
 */
public final class ConnectionGuard extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionGuard.class);
  private static final long LOG_EVERY_NANOS = 60_000_000_000L;

  private final ConnectionLimits limits;
  private final Map<InetAddress, Integer> open = new HashMap<>();
  private final AtomicLong refused = new AtomicLong();
  private int count;
  private long loggedNanos = System.nanoTime() - LOG_EVERY_NANOS;

  public ConnectionGuard(ConnectionLimits limits) {
    this.limits = limits;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object accepted) {
    Channel connection = (Channel) accepted;
    InetAddress address = ((InetSocketAddress) connection.remoteAddress()).getAddress();
    if (admits(address)) {
      var unused = connection.closeFuture().addListener(closed -> gone(address));
      connection.pipeline().addLast(new FrameGuard(limits));
      context.fireChannelRead(connection);
    } else {
      refused.incrementAndGet();
      connection.unsafe().closeForcibly();
    }
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
  private void say(String why, int connections, InetAddress address) {
    long now = System.nanoTime();
    if (now - loggedNanos >= LOG_EVERY_NANOS) {
      loggedNanos = now;
      LOG.warn(
          "a connection from {} is refused, and {} were before: " + why,
          address.getHostAddress(),
          refused.get(),
          connections);
    }
  }

  private synchronized void gone(InetAddress address) {
    count--;
    open.computeIfPresent(
        address, (known, connections) -> connections > 1 ? connections - 1 : null);
  }
}
