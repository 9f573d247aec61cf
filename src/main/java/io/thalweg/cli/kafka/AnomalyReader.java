package io.thalweg.cli.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads a sink's topic from its beginning, as whoever wants each result once: what has an id that
 * was seen before is a repeat. For one thread.
 */
public final class AnomalyReader implements AutoCloseable {
  private static final String RESULT_ID = "thalweg-result-id";
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Consumer<byte[], byte[]> consumer;
  private final List<TopicPartition> partitions;
  private final String topic;
  private final Set<String> ids = new HashSet<>();
  private final Map<String, Map<Long, Integer>> byKey = new TreeMap<>();
  private long records;

  /** The anomaly that a record tells, for people. */
  public record Told(String key, String time, double value, double score, String why) {}

  /**
   * @param bootstrap host and port of a broker; several with commas between
   * @param partitions that the topic has
   */
  public AnomalyReader(String bootstrap, String topic, int partitions) {
    this(
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrap,
                "enable.auto.commit", "false",
                "auto.offset.reset", "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer()),
        topic,
        partitions);
  }

  AnomalyReader(Consumer<byte[], byte[]> consumer, String topic, int partitions) {
    this.consumer = consumer;
    this.topic = topic;
    this.partitions =
        IntStream.range(0, partitions).mapToObj(one -> new TopicPartition(topic, one)).toList();
    consumer.assign(this.partitions);
  }

  /**
   * What has come, without repeats.
   *
   * @param wait for the first one
   */
  public List<Told> poll(Duration wait) throws KafkaDemoException {
    List<Told> told = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
      records++;
      if (ids.add(id(record))) {
        JsonNode result = json(record);
        String key = result.path("key").asText();
        byKey
            .computeIfAbsent(key, k -> new TreeMap<>())
            .merge(result.path("version").asLong(), 1, Integer::sum);
        told.add(told(key, result.path("anomaly")));
      }
    }
    return told;
  }

  /** Records of the topic, repeats included. */
  public long records() {
    return records;
  }

  /** Results, each once. */
  public int distinct() {
    return ids.size();
  }

  /** How many results came of each version of a key. */
  public Map<Long, Integer> byVersion(String key) {
    return byKey.getOrDefault(key, Map.of());
  }

  /** Whether all has been read that the topic has now. */
  public boolean isAtEnd() {
    return consumer.endOffsets(partitions).entrySet().stream()
        .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
  }

  @Override
  public void close() {
    consumer.close();
  }

  private static Told told(String key, JsonNode anomaly) {
    return new Told(
        key,
        anomaly.at("/sample/time").asText(),
        anomaly.at("/sample/value").asDouble(),
        anomaly.path("score").asDouble(),
        anomaly.path("view").asText() + ": " + anomaly.path("explanation").asText());
  }

  private String id(ConsumerRecord<byte[], byte[]> record) throws KafkaDemoException {
    Header id = record.headers().lastHeader(RESULT_ID);
    if (id == null) {
      throw new KafkaDemoException(
          "a record without the header %s in %s, partition %d, offset %d"
              .formatted(RESULT_ID, topic, record.partition(), record.offset()));
    }
    return new String(id.value(), UTF_8);
  }

  private JsonNode json(ConsumerRecord<byte[], byte[]> record) throws KafkaDemoException {
    try {
      return MAPPER.readTree(new String(record.value(), UTF_8));
    } catch (JsonProcessingException e) {
      throw new KafkaDemoException(
          "no JSON in %s, partition %d, offset %d"
              .formatted(topic, record.partition(), record.offset()),
          e);
    }
  }
}
