package io.thalweg.faults;

import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import io.thalweg.v1.GetKeyRequest;
import io.thalweg.v1.KeyState;
import io.thalweg.v1.QueryServiceGrpc;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Asks for every key, again and again, until each has answered once. */
final class Probe {
  private static final int AT_A_TIME = 64;
  private static final int ATTEMPT_MILLIS = 700;

  private final List<ManagedChannel> channels;
  private final Queue<String> unanswered;
  private final CountDownLatch left;
  private final Semaphore room = new Semaphore(AT_A_TIME);

  private Probe(List<String> keys, List<ClusterNode> nodes) {
    unanswered = new ConcurrentLinkedQueue<>(keys);
    left = new CountDownLatch(keys.size());
    channels = nodes.stream().map(ClusterNode::channel).toList();
  }

  /** How long after a moment all keys had answered through any of these nodes. */
  static Duration untilAllAnswer(
      List<String> keys, List<ClusterNode> nodes, long sinceNanos, Duration atMost)
      throws InterruptedException {
    Probe probe = new Probe(keys, nodes);
    int attempt = 0;
    while (probe.left.getCount() > 0) {
      if (System.nanoTime() - sinceNanos > atMost.toNanos()) {
        throw new AssertionError(probe.left.getCount() + " keys do not answer after " + atMost);
      }
      String key = probe.unanswered.poll();
      if (key == null) {
        Thread.sleep(5);
      } else {
        probe.room.acquire();
        probe.ask(key, probe.channels.get(attempt++ % probe.channels.size()));
      }
    }
    return Duration.ofNanos(System.nanoTime() - sinceNanos);
  }

  private void ask(String key, ManagedChannel channel) {
    channel.resetConnectBackoff();
    QueryServiceGrpc.newStub(channel)
        .withDeadlineAfter(ATTEMPT_MILLIS, TimeUnit.MILLISECONDS)
        .getKey(
            GetKeyRequest.newBuilder().setStream(FaultCluster.STREAM).setKey(key).build(),
            new StreamObserver<>() {
              @Override
              public void onNext(KeyState state) {
                left.countDown();
              }

              @Override
              public void onError(Throwable failure) {
                unanswered.add(key);
                room.release();
              }

              @Override
              public void onCompleted() {
                room.release();
              }
            });
  }
}
