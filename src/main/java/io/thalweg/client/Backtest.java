package io.thalweg.client;

import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.thalweg.v1.BacktestRequest;
import io.thalweg.v1.BacktestServiceGrpc;
import io.thalweg.v1.BacktestUpdate;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * What a backtest tells, as it comes. {@link #hasNext} blocks until there is more, or until the
 * end; it throws {@link ThalwegException} where neither will come. One thread iterates; any thread
 * may close, which ends the backtest on the server.
 */
public final class Backtest implements Iterator<BacktestUpdate>, AutoCloseable {
  private final Wire wire;
  private final BacktestRequest request;
  private final String doing;
  private final Context.CancellableContext context = Context.current().withCancellation();
  private @Nullable Iterator<BacktestUpdate> updates;

  Backtest(Wire wire, BacktestRequest request) {
    this.wire = wire;
    this.request = request;
    doing = "run a backtest of stream " + request.getStream();
  }

  @Override
  public boolean hasNext() {
    if (context.isCancelled()) {
      return false;
    }
    if (updates == null) {
      updates = begin();
    }
    try {
      return updates.hasNext();
    } catch (StatusRuntimeException e) {
      if (context.isCancelled()) {
        return false;
      }
      throw CallFailure.of(e).toException(doing);
    }
  }

  @Override
  public BacktestUpdate next() {
    if (!hasNext() || updates == null) {
      throw new NoSuchElementException();
    }
    return updates.next();
  }

  @Override
  public void close() {
    context.cancel(null);
  }

  /** Returns when the server has begun to tell. */
  private Iterator<BacktestUpdate> begin() {
    return new Attempts(wire, doing)
        .run(
            channel -> {
              if (context.isCancelled()) {
                return Collections.emptyIterator();
              }
              Context outer = context.attach();
              try {
                Iterator<BacktestUpdate> begun =
                    BacktestServiceGrpc.newBlockingStub(channel).runBacktest(request);
                var unused = begun.hasNext();
                return begun;
              } finally {
                context.detach(outer);
              }
            });
  }
}
