package io.thalweg.client;

import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.thalweg.v1.Update;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Updates as they come. {@link #hasNext} blocks until there is one, or until the end; it throws
 * {@link ThalwegException} where neither will come. One thread iterates; any thread may close,
 * which ends the iteration.
 */
public final class Updates implements Iterator<Update>, AutoCloseable {
  private final Wire wire;
  private final Feed feed;
  private final Attempts attempts;
  private final Context.CancellableContext context = Context.current().withCancellation();
  private Connections.@Nullable Connection connection;
  private @Nullable Iterator<Update> updates;
  private @Nullable Update next;
  private long openedAtNanos;

  Updates(Wire wire, Feed feed) {
    this.wire = wire;
    this.feed = feed;
    this.attempts = new Attempts(wire, feed.describe());
  }

  @Override
  public boolean hasNext() {
    while (next == null && !context.isCancelled()) {
      Connections.Connection current = connect();
      try {
        Update update = pull(current);
        if (update == null && feed.ends()) {
          return false;
        } else if (update == null) {
          recover(current, CallFailure.unavailable("the server ended the call"));
        } else if (feed.accept(update)) {
          next = update;
          attempts.succeeded();
        }
      } catch (StatusRuntimeException e) {
        recover(current, CallFailure.of(e));
      }
    }
    return next != null;
  }

  @Override
  public Update next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    Update update = next;
    next = null;
    return update;
  }

  @Override
  public void close() {
    context.cancel(null);
  }

  private Connections.Connection connect() {
    if (connection == null) {
      connection = wire.connections().current();
    }
    return connection;
  }

  /** The next update from the wire; null at its end. */
  private @Nullable Update pull(Connections.Connection current) {
    if (updates == null) {
      Context outer = context.attach();
      try {
        openedAtNanos = wire.time().nanoTime();
        updates = feed.open(current.channel());
      } finally {
        context.detach(outer);
      }
    }
    return updates.hasNext() ? updates.next() : null;
  }

  private void recover(Connections.Connection current, CallFailure why) {
    updates = null;
    connection = null;
    if (context.isCancelled()) {
      return;
    }
    if (!feed.resumes()) {
      throw why.toException(feed.describe());
    }
    if (wire.time().nanoTime() - openedAtNanos >= wire.retries().attemptTimeout().toNanos()) {
      attempts.succeeded(); // nothing may have happened to the keys, but the call was up
    }
    attempts.awaitNext(current, why);
  }
}
