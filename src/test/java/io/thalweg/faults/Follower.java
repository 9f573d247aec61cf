package io.thalweg.faults;

import io.thalweg.client.ThalwegClient;
import io.thalweg.client.Updates;
import io.thalweg.v1.KeyState;
import io.thalweg.v1.Update;
import io.thalweg.v1.WatchRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Follows the states of one key through all faults, by the reference client. */
final class Follower implements AutoCloseable {
  private final String key;
  private final ThalwegClient client;
  private final Updates updates;
  private final Thread thread = new Thread(this::run, "follower");
  private final List<KeyState> told = new ArrayList<>();
  private volatile boolean closed;
  private volatile @Nullable Throwable failure;

  private Follower(String key, String endpoints) {
    this.key = key;
    this.client = ThalwegClient.builder().endpoints(endpoints).build();
    this.updates =
        client
            .queries()
            .watch(
                WatchRequest.newBuilder()
                    .setStream(FaultCluster.STREAM)
                    .setKey(key)
                    .setStates(true)
                    .setAfterVersion(0)
                    .build());
  }

  static Follower start(String key, List<ClusterNode> nodes) {
    Follower follower = new Follower(key, FaultCluster.endpoints(nodes));
    follower.thread.start();
    return follower;
  }

  String key() {
    return key;
  }

  /** The states in the order in which they were told. */
  synchronized List<KeyState> told() {
    return List.copyOf(told);
  }

  synchronized long lastVersion() {
    return told.isEmpty() ? 0 : told.getLast().getVersion();
  }

  /** Why it follows no longer; null while it does. */
  @Nullable Throwable failure() {
    return failure;
  }

  private void run() {
    try {
      while (updates.hasNext()) {
        Update update = updates.next();
        if (update.hasState()) {
          add(update.getState());
        }
      }
    } catch (RuntimeException e) {
      failure = closed ? null : e;
    }
  }

  private synchronized void add(KeyState state) {
    told.add(state);
  }

  @Override
  public void close() throws InterruptedException {
    closed = true;
    updates.close();
    client.close();
    thread.join(5_000);
  }
}
