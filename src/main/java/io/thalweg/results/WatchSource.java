package io.thalweg.results;

import java.time.Duration;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.Outlet;
import org.apache.pekko.stream.SourceShape;
import org.apache.pekko.stream.stage.AbstractOutHandler;
import org.apache.pekko.stream.stage.AsyncCallback;
import org.apache.pekko.stream.stage.GraphStage;
import org.apache.pekko.stream.stage.GraphStageLogic;
import org.apache.pekko.stream.stage.TimerGraphStageLogic;

/**
 * A subscription as a stream that ends only when it is cancelled. Once a second the subscription
 * {@linkplain Subscription#look looks} whether it is read.
 */
final class WatchSource extends GraphStage<SourceShape<Happening>> {
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final Outlet<Happening> out = Outlet.create("WatchSource.out");
  private final SourceShape<Happening> shape = SourceShape.of(out);
  private final Subscription subscription;

  WatchSource(Subscription subscription) {
    this.subscription = subscription;
  }

  @Override
  public SourceShape<Happening> shape() {
    return shape;
  }

  @Override
  public GraphStageLogic createLogic(Attributes attributes) {
    return new Logic();
  }

  private final class Logic extends TimerGraphStageLogic {
    private final AsyncCallback<Boolean> onWaiting = createAsyncCallback(some -> pushIfPulled());

    Logic() {
      super(shape);
      setHandler(
          out,
          new AbstractOutHandler() {
            @Override
            public void onPull() {
              pushIfPulled();
            }
          });
    }

    @Override
    public void preStart() {
      subscription.onWaiting(() -> onWaiting.invoke(true));
      scheduleAtFixedRate(LOOK_EVERY, LOOK_EVERY, LOOK_EVERY);
    }

    @Override
    public void onTimer(Object key) {
      subscription.look();
    }

    private void pushIfPulled() {
      if (isAvailable(out)) {
        Happening next = subscription.take();
        if (next != null) {
          push(out, next);
        }
      }
    }
  }
}
