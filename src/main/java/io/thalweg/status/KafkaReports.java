package io.thalweg.status;

import io.thalweg.kafka.KafkaSourceStatus;
import io.thalweg.v1.KafkaSourceReport;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/** What a node's Kafka sources tell, with how fast they read. Not thread-safe. */
final class KafkaReports {
  private final Supplier<List<KafkaSourceStatus>> sources;
  private final Map<String, RecentRate> records = new HashMap<>();

  KafkaReports(Supplier<List<KafkaSourceStatus>> sources) {
    this.sources = sources;
  }

  /** Reads the totals, once a second or so. */
  void read(long nowNanos) {
    for (KafkaSourceStatus source : sources.get()) {
      rate(source).read(nowNanos, source.records());
    }
  }

  /** In the order of their names. */
  List<KafkaSourceReport> reports(long nowNanos) {
    return sources.get().stream()
        .sorted(Comparator.comparing(KafkaSourceStatus::name))
        .map(source -> report(source, nowNanos))
        .toList();
  }

  private KafkaSourceReport report(KafkaSourceStatus source, long nowNanos) {
    KafkaSourceReport.Builder report =
        KafkaSourceReport.newBuilder()
            .setName(source.name())
            .setStream(source.stream())
            .setTopic(source.topic())
            .setState(source.state().name().toLowerCase(Locale.ROOT))
            .setTrouble(source.trouble())
            .setPartitions(source.partitions())
            .setWaiting(source.waiting())
            .setRecords(source.records())
            .setRecordsPerSecond(rate(source).perSecond(nowNanos, source.records()))
            .setSamples(source.samples())
            .setDuplicates(source.duplicates())
            .setDeadLetters(source.deadLetters());
    if (source.lag() >= 0) {
      report.setLag(source.lag());
    }
    return report.build();
  }

  private RecentRate rate(KafkaSourceStatus source) {
    return records.computeIfAbsent(source.name(), name -> new RecentRate());
  }
}
