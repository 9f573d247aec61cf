package io.thalweg.status;

import io.thalweg.journal.StoreStatus;
import io.thalweg.kafka.KafkaSourceStatus;
import io.thalweg.route.RouteCounters;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.apache.pekko.cluster.sharding.ShardRegion;

/**
 * Where a node's report comes from. All of it may be asked at any time, by any thread.
 *
 * @param grpcAddress where clients reach the node, host:port
 * @param route what its lanes have done
 * @param keys what has happened to its keys
 * @param journal how its journal is doing
 * @param kafkaSources how its Kafka sources are doing
 * @param shards how many keys are in memory of each shard that it has; fails where sharding does
 *     not answer in time
 * @param nanoTime that passes, whatever the clock says
 */
public record StatusSources(
    String grpcAddress,
    RouteCounters route,
    KeyCounters keys,
    Supplier<StoreStatus> journal,
    Supplier<List<KafkaSourceStatus>> kafkaSources,
    Supplier<CompletionStage<ShardRegion.ShardRegionStats>> shards,
    LongSupplier nanoTime) {}
