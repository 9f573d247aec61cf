package io.thalweg.rpc;

import io.grpc.stub.ServerCallStreamObserver;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Inlet;
import org.apache.pekko.stream.SinkShape;
import org.apache.pekko.stream.stage.AbstractGraphStageWithMaterializedValue;
import org.apache.pekko.stream.stage.AbstractInHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStageLogic;

/**
 * The responses of a call. Pulls only while the call is ready to send, so a client that does not
 * read holds up the stream, and buffers nothing here. Completes the call with the stream, and fails
 * it with {@link Statuses#of the status} of the stream's failure.
 *
 * <p>Materializes what the call is to run when it becomes ready.
 */
public final class CallSink<T>
    extends AbstractGraphStageWithMaterializedValue<SinkShape<T>, Runnable> {
  private final Inlet<T> in = Inlet.create("CallSink.in");
  private final SinkShape<T> shape = SinkShape.of(in);
  private final ServerCallStreamObserver<T> call;

  public CallSink(ServerCallStreamObserver<T> call) {
    this.call = call;
  }

  @Override
  public SinkShape<T> shape() {
    return shape;
  }

  @Override
  public Pair<GraphStageLogic, Runnable> createLogicAndMaterializedValuePair(
      Attributes attributes) {
    Logic logic = new Logic();
    return Pair.create(logic, () -> logic.onReady.invoke(true));
  }

  private final class Logic extends GraphStageLogic {
    private final AsyncCallback<Boolean> onReady = createAsyncCallback(ready -> pullIfReady());

    Logic() {
      super(shape);
      setHandler(
          in,
          new AbstractInHandler() {
            @Override
            public void onPush() {
              call.onNext(grab(in));
              pullIfReady();
            }

            @Override
            public void onUpstreamFinish() {
              if (!call.isCancelled()) {
                call.onCompleted();
              }
              completeStage();
            }

            @Override
            public void onUpstreamFailure(Throwable failure) {
              if (!call.isCancelled()) {
                call.onError(Statuses.of(failure));
              }
              failStage(failure);
            }
          });
    }

    @Override
    public void preStart() {
      pullIfReady();
    }

    private void pullIfReady() {
      if (call.isReady() && !hasBeenPulled(in) && !isClosed(in)) {
        pull(in);
      }
    }
  }
}
