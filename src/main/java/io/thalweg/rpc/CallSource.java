package io.thalweg.rpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.stage.AbstractGraphStageWithMaterializedValue;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStageLogic;

/**
 * The requests of a call, each asked for when the stream pulls it: while the stream does not pull,
 * nothing is read and the client feels HTTP/2 flow control.
 *
 * <p>Materializes the observer that the call is to be given. The call must have {@link
 * ServerCallStreamObserver#disableAutoRequest() auto-request disabled}.
 */
public final class CallSource<T>
    extends AbstractGraphStageWithMaterializedValue<SourceShape<T>, StreamObserver<T>> {
  private final Outlet<T> out = Outlet.create("CallSource.out");
  private final SourceShape<T> shape = SourceShape.of(out);
  private final ServerCallStreamObserver<?> call;

  public CallSource(ServerCallStreamObserver<?> call) {
    this.call = call;
  }

  @Override
  public SourceShape<T> shape() {
    return shape;
  }

  @Override
  public Pair<GraphStageLogic, StreamObserver<T>> createLogicAndMaterializedValuePair(
      Attributes attributes) {
    Logic logic = new Logic();
    return Pair.create(logic, logic.observer);
  }

  private final class Logic extends GraphStageLogic {
    private final AsyncCallback<T> onNext = createAsyncCallback(request -> push(out, request));
    private final AsyncCallback<Throwable> onError = createAsyncCallback(this::failStage);
    private final AsyncCallback<Boolean> onCompleted = createAsyncCallback(done -> completeStage());

    /** Called on gRPC's threads; hands over to the stream's. */
    private final StreamObserver<T> observer =
        new StreamObserver<>() {
          @Override
          public void onNext(T request) {
            onNext.invoke(request);
          }

          @Override
          public void onError(Throwable cancelled) {
            onError.invoke(cancelled);
          }

          @Override
          public void onCompleted() {
            onCompleted.invoke(true);
          }
        };

    Logic() {
      super(shape);
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              call.request(1);
            }
          });
    }
  }
}
