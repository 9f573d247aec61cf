package io.thalweg.status;

import io.thalweg.kafka.KafkaSinkStatus;
import io.thalweg.v1.KafkaSinkReport;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** What a node's Kafka sinks tell, with how fast they write. Not thread-safe. */
final class KafkaSinkReports {
  private final Supplier<List<KafkaSinkStatus>> sinks;
  private final Map<String, RecentRate> results = new HashMap<>();

  KafkaSinkReports(Supplier<List<KafkaSinkStatus>> sinks) {
    this.sinks = sinks;
  }

  /** Reads the totals, once a second or so. */
  void read(long nowNanos) {
    for (KafkaSinkStatus sink : sinks.get()) {
      rate(sink).read(nowNanos, sink.results());
    }
  }

  /** In the order of their names. */
  List<KafkaSinkReport> reports(long nowNanos) {
    return sinks.get().stream().map(sink -> report(sink, nowNanos)).toList();
  }

  private KafkaSinkReport report(KafkaSinkStatus sink, long nowNanos) {
    KafkaSinkReport.Builder report =
        KafkaSinkReport.newBuilder()
            .setName(sink.name())
            .setTopic(sink.topic())
            .setState(sink.state().name().toLowerCase(Locale.ROOT))
            .setTrouble(sink.trouble())
            .setShards(sink.shards())
            .setPosition(sink.position())
            .setBehindMillis(sink.behindMillis())
            .setResults(sink.results())
            .setResultsPerSecond(rate(sink).perSecond(nowNanos, sink.results()))
            .setFailures(sink.failures())
            .setLost(sink.lost());
    if (sink.waiting() >= 0) {
      report.setWaiting(sink.waiting());
    }
    return report.build();
  }

  private RecentRate rate(KafkaSinkStatus sink) {
    return results.computeIfAbsent(sink.name(), name -> new RecentRate());
  }
}
