package io.thalweg.cli.bench;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The server that the load goes to. */
public sealed interface Target extends AutoCloseable permits Target.Running, OwnNode {
  /** As {@code host:port}, separated by commas. */
  String endpoints();

  /** The server's processes, one of each node, where they are known. */
  List<Long> serverPids();

  /** The process of the database that the server uses, where it is known. */
  OptionalLong databasePid();

  /** What keys and producers of this run are called by, so that they are new to the server. */
  String prefix();

  @Override
  void close();

  /** What the first node's JVM was started with, as far as it is known; nothing about its log. */
  default List<String> jvmOptions() {
    return serverPids().stream()
        .limit(1)
        .map(ProcessHandle::of)
        .flatMap(Optional::stream)
        .flatMap(process -> process.info().arguments().stream())
        .flatMap(Stream::of)
        .filter(argument -> argument.startsWith("-X") && !argument.startsWith("-Xlog"))
        .toList();
  }

  /** One that runs, and runs on. */
  record Running(String endpoints, List<Long> serverPids, OptionalLong databasePid, String prefix)
      implements Target {
    public Running {
      serverPids = List.copyOf(serverPids);
    }

    @Override
    public void close() {}
  }
}
