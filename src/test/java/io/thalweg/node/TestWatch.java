package io.thalweg.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.thalweg.v1.QueryServiceGrpc;
import io.thalweg.v1.Update;
import io.thalweg.v1.WatchRequest;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A watch that has begun: its call's headers have come. */
final class TestWatch implements AutoCloseable {
  private final BlockingQueue<Update> updates = new LinkedBlockingQueue<>();
  private final CompletableFuture<Boolean> begun = new CompletableFuture<>();
  private final ClientCall<WatchRequest, Update> call;

  private TestWatch(ClientCall<WatchRequest, Update> call) {
    this.call = call;
  }

  static TestWatch start(TestNode node, WatchRequest.Builder request) throws Exception {
    TestWatch watch =
        new TestWatch(
            node.channel().newCall(QueryServiceGrpc.getWatchMethod(), CallOptions.DEFAULT));
    watch.call.start(
        new ClientCall.Listener<>() {
          @Override
          public void onHeaders(Metadata headers) {
            watch.begun.complete(true);
          }

          @Override
          public void onMessage(Update update) {
            watch.updates.add(update);
          }

          @Override
          public void onClose(Status status, Metadata trailers) {
            watch.begun.completeExceptionally(status.asRuntimeException());
          }
        },
        new Metadata());
    watch.call.sendMessage(request.build());
    watch.call.halfClose();
    watch.call.request(Integer.MAX_VALUE);
    watch.begun.get(10, TimeUnit.SECONDS);
    return watch;
  }

  Update take() throws InterruptedException {
    Update update = updates.poll(15, TimeUnit.SECONDS);
    assertThat(update).as("an update within 15 s").isNotNull();
    return update;
  }

  @Override
  public void close() {
    call.cancel("seen enough", null);
  }
}
