package io.thalweg.cli.bench;

import java.util.OptionalLong;

/** Where a node that a run starts keeps its journal. It is closed after the node. */
public interface Store extends AutoCloseable {
  /** What the node must be told of it: HOCON. */
  String settings();

  /** The process of the database; empty: the store is part of the node. */
  OptionalLong pid();

  @Override
  void close();

  /** The embedded one, in the node's data folder. */
  record RocksDb() implements Store {
    @Override
    public String settings() {
      return "";
    }

    @Override
    public OptionalLong pid() {
      return OptionalLong.empty();
    }

    @Override
    public void close() {}
  }
}
