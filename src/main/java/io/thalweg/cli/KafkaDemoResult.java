package io.thalweg.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What became of the samples that went through Kafka.
 *
 * @param keys in the order of their names
 * @param records of the topic of anomalies, repeats included
 * @param resultIds of these records, each once
 * @param seconds from the first record written to the last anomaly read
 */
record KafkaDemoResult(List<Key> keys, long records, long resultIds, double seconds) {

  /**
   * One key.
   *
   * @param written records that the brokers have acknowledged
   * @param counted samples, as the node tells
   * @param journal anomalies by the key's version, as the node reads them from its journal
   * @param topic the same, as the topic has them
   */
  record Key(
      String key,
      long written,
      long counted,
      Map<Long, Integer> journal,
      Map<Long, Integer> topic) {

    long anomalies() {
      return sum(journal);
    }

    long told() {
      return sum(topic);
    }

    /** What is wrong, in words; empty: nothing. */
    List<String> complaints() {
      List<String> wrong = new ArrayList<>();
      if (written != counted) {
        wrong.add(key + " counts " + counted + " samples of " + written + " records");
      }
      if (!journal.equals(topic)) {
        wrong.add(
            "%s has %d anomalies in the journal and %d in the topic%s"
                .formatted(
                    key,
                    anomalies(),
                    told(),
                    anomalies() == told() ? ", but of other versions" : ""));
      }
      return wrong;
    }

    private static long sum(Map<Long, Integer> counts) {
      return counts.values().stream().mapToLong(Integer::longValue).sum();
    }
  }

  long written() {
    return keys.stream().mapToLong(Key::written).sum();
  }

  long counted() {
    return keys.stream().mapToLong(Key::counted).sum();
  }

  long anomalies() {
    return keys.stream().mapToLong(Key::anomalies).sum();
  }

  /** What is wrong, in words; empty: nothing. */
  List<String> complaints() {
    List<String> wrong = new ArrayList<>();
    keys.forEach(key -> wrong.addAll(key.complaints()));
    long told = keys.stream().mapToLong(Key::told).sum();
    if (told != resultIds) {
      wrong.add("the topic has " + (resultIds - told) + " results of keys that were not written");
    }
    return wrong;
  }

  boolean isRight() {
    return complaints().isEmpty();
  }

  /** The key with the most anomalies. */
  String liveliest() {
    return keys.stream().max(Comparator.comparingLong(Key::anomalies)).orElseThrow().key();
  }
}
