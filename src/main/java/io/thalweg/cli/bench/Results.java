package io.thalweg.cli.bench;

import io.thalweg.client.Queries;
import io.thalweg.client.ThalwegException;
import io.thalweg.client.Updates;
import io.thalweg.v1.KeyState;
import io.thalweg.v1.ReadHistoryRequest;
import io.thalweg.v1.Update;
import io.thalweg.v1.Window;
import java.util.Optional;
import java.util.function.Consumer;

/** What a server knows of keys. Thread-safe. */
interface Results {
  /** Empty: it knows no such key. */
  Optional<KeyState> state(String key);

  /**
   * The first windows of a key that its journal says have closed, at most so many, in that order.
   */
  void closedWindows(String key, long limit, Consumer<Window> each);

  /** A server's answers. */
  record Served(Queries queries, String stream) implements Results {
    @Override
    public Optional<KeyState> state(String key) {
      try {
        return Optional.of(queries.getKey(stream, key));
      } catch (ThalwegException e) {
        return switch (e.code()) {
          case NOT_FOUND -> Optional.empty();
          default -> throw e;
        };
      }
    }

    @Override
    public void closedWindows(String key, long limit, Consumer<Window> each) {
      ReadHistoryRequest all =
          ReadHistoryRequest.newBuilder().setStream(stream).setKey(key).build();
      try (Updates updates = queries.readHistory(all)) {
        for (long left = limit; left > 0 && updates.hasNext(); ) {
          Update update = updates.next();
          if (update.hasWindowClosed()) {
            each.accept(update.getWindowClosed());
            left--;
          }
        }
      }
    }
  }
}
