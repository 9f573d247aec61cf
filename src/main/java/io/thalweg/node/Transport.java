package io.thalweg.node;

import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.IoHandlerFactory;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.thalweg.rpc.ConnectionGuard;
import io.thalweg.rpc.ConnectionLimits;
import java.util.concurrent.TimeUnit;

/**
 * What gRPC's server runs on, as it would choose it itself: epoll where there is one. Its own,
 * because only so can connections be turned away.
 */
final class Transport implements AutoCloseable {
  private static final int AS_USUAL = 0;
  private static final int CLOSE_MILLIS_MAX = 1_000;

  private final ConnectionLimits limits;
  private final EventLoopGroup accepting = group("grpc-accept", 1);
  private final EventLoopGroup serving = group("grpc", AS_USUAL);

  Transport(ConnectionLimits limits) {
    this.limits = limits;
  }

  /** A channel that listens, with the guard at its door. */
  ServerChannel listener() {
    ServerChannel channel =
        Epoll.isAvailable() ? new EpollServerSocketChannel() : new NioServerSocketChannel();
    channel.pipeline().addLast(new ConnectionGuard(limits));
    return channel;
  }

  EventLoopGroup accepting() {
    return accepting;
  }

  EventLoopGroup serving() {
    return serving;
  }

  private static EventLoopGroup group(String name, int threads) {
    IoHandlerFactory io =
        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    return new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory(name, true), io);
  }

  /** Once the server has ended. */
  @Override
  public void close() {
    accepting.shutdownGracefully(0, CLOSE_MILLIS_MAX, TimeUnit.MILLISECONDS);
    serving.shutdownGracefully(0, CLOSE_MILLIS_MAX, TimeUnit.MILLISECONDS);
  }
}
