package io.thalweg.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ArrivingMessagesTest {
  private static final int PART_BYTES = 256;

  private final AtomicLong clock = new AtomicLong();
  private final ArrivingMessages arriving = new ArrivingMessages(10_000, clock::get);

  @Test
  void callWhoseMessageWaitsLongestEndsBeyondTheBound() {
    Stream first = new Stream();
    Stream second = new Stream();
    first.tracer.inboundWireSize(4_000);
    clock.incrementAndGet();
    second.tracer.inboundWireSize(4_000);
    clock.incrementAndGet();
    first.tracer.inboundWireSize(1_000);
    assertThat(first.ended).isEmpty();

    second.tracer.inboundWireSize(1_000);
    assertThat(first.ended).extracting(Status::getCode).containsExactly(Status.Code.UNAVAILABLE);
    assertThat(first.ended.getFirst().getDescription()).contains("10,000", "arriving-bytes-max");
    assertThat(second.ended).isEmpty();
    first.tracer.streamClosed(Status.CANCELLED);
    assertThat(arriving.bytes()).isEqualTo(5_000 + 2 * PART_BYTES);
  }

  @Test
  void messagesThatAreCompleteNeverEndACall() {
    Stream stream = new Stream();
    for (int i = 0; i < 100; i++) {
      stream.calls.getFirst().request(1);
      stream.tracer.inboundWireSize(9_000);
      stream.tracer.inboundMessageRead(i, 9_000, -1);
    }
    assertThat(stream.ended).isEmpty();
    assertThat(arriving.bytes()).isZero();
  }

  @Test
  void smallPartsCountForWhatTheyTake() {
    Stream stream = new Stream();
    for (int i = 0; i < 50; i++) {
      stream.tracer.inboundWireSize(1);
    }
    assertThat(stream.ended).hasSize(1);
  }

  @Test
  void serviceIsToldThatItsCallWasCancelled() {
    Stream stream = new Stream();
    stream.tracer.inboundWireSize(20_000);
    stream.listener.onComplete();
    assertThat(stream.service).containsExactly("cancelled");
  }

  @Test
  void callThatTheServiceDoesNotReadIsNotEnded() {
    Stream paused = new Stream();
    paused.tracer.inboundWireSize(10);
    paused.tracer.inboundMessageRead(0, 10, -1);
    clock.incrementAndGet();
    paused.tracer.inboundWireSize(9_000);
    clock.incrementAndGet();
    Stream read = new Stream();
    read.tracer.inboundWireSize(2_000);
    assertThat(paused.ended).isEmpty();
    assertThat(read.ended).hasSize(1);
    read.tracer.streamClosed(Status.CANCELLED);

    paused.calls.getFirst().request(1);
    clock.incrementAndGet();
    paused.tracer.inboundWireSize(2_000);
    assertThat(paused.ended).hasSize(1);
  }

  @Test
  void callThatIsReadAgainAfterAPauseIsNotTheOldest() {
    Stream paused = new Stream();
    paused.tracer.inboundWireSize(10);
    paused.tracer.inboundMessageRead(0, 10, -1);
    paused.tracer.inboundWireSize(4_000);
    clock.set(50);
    Stream withheld = new Stream();
    withheld.tracer.inboundWireSize(4_000);
    clock.set(100);
    paused.calls.getFirst().request(1);
    clock.set(101);
    paused.tracer.inboundWireSize(4_000);
    assertThat(withheld.ended).hasSize(1);
    assertThat(paused.ended).isEmpty();
  }

  /** A stream and its call, whose service wants one message. */
  private final class Stream {
    final List<Status> ended = new ArrayList<>();
    final List<String> service = new ArrayList<>();
    final ServerStreamTracer tracer = arriving.newServerStreamTracer("m", new Metadata());
    final ServerCall.Listener<Object> listener;
    final List<ServerCall<Object, Object>> calls = new ArrayList<>();

    Stream() {
      Context context = tracer.filterContext(Context.ROOT);
      Context before = context.attach();
      try {
        listener =
            arriving.interceptCall(
                new Call(ended),
                new Metadata(),
                (its, headers) -> {
                  calls.add(its);
                  its.request(1);
                  return new ServerCall.Listener<>() {
                    @Override
                    public void onCancel() {
                      service.add("cancelled");
                    }

                    @Override
                    public void onComplete() {
                      service.add("completed");
                    }
                  };
                });
      } finally {
        context.detach(before);
      }
    }
  }

  private static final class Call extends ServerCall<Object, Object> {
    private final List<Status> ended;

    Call(List<Status> ended) {
      this.ended = ended;
    }

    @Override
    public void request(int messages) {}

    @Override
    public void sendHeaders(Metadata headers) {}

    @Override
    public void sendMessage(Object message) {}

    @Override
    public void close(Status status, Metadata trailers) {
      ended.add(status);
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public MethodDescriptor<Object, Object> getMethodDescriptor() {
      throw new UnsupportedOperationException();
    }
  }
}
