package io.thalweg.journal;

/**
 * How a store is doing.
 *
 * @param store {@code rocksdb} or {@code postgres}
 * @param writable whether a write would be taken now
 * @param writesWaiting to be committed
 * @param events committed since the start
 * @param fencedEvents refused since the start because another node owns their shard
 * @param flushNanosMedian how long a flush took, of those in the last ten seconds; 0 without any
 * @param flushNanosP99 the same; one in a hundred took longer
 */
public record StoreStatus(
    String store,
    boolean writable,
    int writesWaiting,
    long events,
    long fencedEvents,
    long flushNanosMedian,
    long flushNanosP99) {}
