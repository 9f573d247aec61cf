package io.thalweg.journal;

import java.util.List;
import java.util.concurrent.CompletionStage;

/** Due keys from the store. */
final class StoredDueKeys implements DueKeys {
  private final Store store;

  StoredDueKeys(Store store) {
    this.store = store;
  }

  @Override
  public CompletionStage<List<Due>> due(long nowNanos, int limit) {
    return store.read(rows -> rows.due(nowNanos, limit));
  }

  @Override
  public void forget(Due due) {
    store.submit(new ForgetDeadline(PersistenceIds.of(due.key()), due.deadline()));
  }
}
