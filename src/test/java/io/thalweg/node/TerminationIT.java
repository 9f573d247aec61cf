package io.thalweg.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.thalweg.v1.IngestRequest;
import io.thalweg.v1.IngestResponse;
import io.thalweg.v1.IngestServiceGrpc;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM while samples flow. */
class TerminationIT {
  private static final int KEYS = 50;
  private static final int IN_FLIGHT_MAX = 64;

  @TempDir Path folder;

  @Test
  void terminatedNodeAnswersWhatItTookAndEndsWithZero() throws Exception {
    Set<Long> acknowledged = new ConcurrentSkipListSet<>();
    try (NodeProcess node =
        NodeProcess.start(folder, "thalweg.streams.s { window { sliding-count = 100 } }")) {
      ManagedChannel channel = node.channel();
      Load load = new Load(acknowledged);
      Thread sender = Thread.ofPlatform().start(() -> load.run(channel));
      while (acknowledged.size() < 200) {
        Thread.sleep(10);
      }
      node.process().destroy();

      assertThat(node.process().waitFor(10, TimeUnit.SECONDS)).as("ends within 10 s").isTrue();
      assertThat(node.process().exitValue()).isZero();
      assertThat(load.end.get(5, TimeUnit.SECONDS).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      sender.join();
      channel.shutdownNow();

      node.start();
      ManagedChannel again = node.channel();
      IngestServiceGrpc.IngestServiceBlockingStub ingest = IngestServiceGrpc.newBlockingStub(again);
      for (long sequence : lastOf(acknowledged)) {
        assertThat(ingest.ingestBatch(request(sequence)).getDuplicate())
            .as("batch %d was acknowledged, so it is there", sequence)
            .isEqualTo(KEYS);
      }
      again.shutdownNow();
    }
  }

  /** Those that the keys still know: the newest 256. */
  private static Set<Long> lastOf(Set<Long> acknowledged) {
    ConcurrentSkipListSet<Long> all = (ConcurrentSkipListSet<Long>) acknowledged;
    return all.tailSet(all.last() - 200);
  }

  private static IngestRequest request(long sequence) {
    IngestRequest.Builder request =
        IngestRequest.newBuilder().setStream("s").setProducerId("p").setSequence(sequence);
    for (int k = 0; k < KEYS; k++) {
      request.addSeries(TestNode.series("k" + k, sequence, k));
    }
    return request.build();
  }

  /** Sends batches with a bounded number in flight until the call ends. */
  private static final class Load implements StreamObserver<IngestResponse> {
    private final Set<Long> acknowledged;
    private final CompletableFuture<Status> end = new CompletableFuture<>();
    private final java.util.concurrent.Semaphore room =
        new java.util.concurrent.Semaphore(IN_FLIGHT_MAX);

    Load(Set<Long> acknowledged) {
      this.acknowledged = acknowledged;
    }

    void run(ManagedChannel channel) {
      StreamObserver<IngestRequest> requests = IngestServiceGrpc.newStub(channel).ingest(this);
      for (long sequence = 1; !end.isDone(); sequence++) {
        room.acquireUninterruptibly();
        if (!end.isDone()) {
          requests.onNext(request(sequence));
        }
      }
    }

    @Override
    public void onNext(IngestResponse response) {
      assertThat(response.getRecorded()).isEqualTo(KEYS);
      acknowledged.add(response.getSequence());
      room.release();
    }

    @Override
    public void onError(Throwable failure) {
      end.complete(Status.fromThrowable(failure));
      room.release(IN_FLIGHT_MAX);
    }

    @Override
    public void onCompleted() {
      end.complete(Status.OK);
      room.release(IN_FLIGHT_MAX);
    }
  }
}
