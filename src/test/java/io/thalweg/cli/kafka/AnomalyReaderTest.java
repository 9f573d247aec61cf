package io.thalweg.cli.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AnomalyReaderTest {
  private static final String TOPIC = "out";
  private static final TopicPartition PARTITION = new TopicPartition(TOPIC, 0);

  private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");
  private final AnomalyReader reader = new AnomalyReader(consumer, TOPIC, 1);
  private long offset;

  @BeforeEach
  void beginAtTheBeginning() {
    consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
  }

  @Test
  void repeatsAreReadOnce() throws Exception {
    add("demo/a/b/7/0", "a/b", 7);
    add("demo/a/b/7/1", "a/b", 7);
    add("demo/a/b/9/0", "a/b", 9);
    add("demo/a/b/7/1", "a/b", 7);

    List<AnomalyReader.Told> told = reader.poll(Duration.ZERO);

    assertThat(told).hasSize(3);
    assertThat(told.getFirst())
        .isEqualTo(new AnomalyReader.Told("a/b", "2026-01-01T00:00:00Z", 5, 4.5, "range: far out"));
    assertThat(reader.records()).isEqualTo(4);
    assertThat(reader.distinct()).isEqualTo(3);
    assertThat(reader.byVersion("a/b")).containsExactly(Map.entry(7L, 2), Map.entry(9L, 1));
    assertThat(reader.byVersion("other")).isEmpty();
  }

  @Test
  void itsEndIsTheTopics() throws Exception {
    add("demo/k/1/0", "k", 1);
    consumer.updateEndOffsets(Map.of(PARTITION, 1L));
    assertThat(reader.isAtEnd()).isFalse();

    assertThat(reader.poll(Duration.ZERO)).hasSize(1);
    assertThat(reader.isAtEnd()).isTrue();
  }

  @Test
  void whatIsNoResultIsNamedByItsPlace() {
    consumer.addRecord(new ConsumerRecord<>(TOPIC, 0, offset++, null, "{}".getBytes(UTF_8)));

    assertThatThrownBy(() -> reader.poll(Duration.ZERO))
        .isInstanceOf(KafkaDemoException.class)
        .hasMessage("a record without the header thalweg-result-id in out, partition 0, offset 0");
  }

  private void add(String id, String key, long version) {
    String value =
        """
        {"stream":"demo","key":"%s","version":%d,"index":0,"type":"anomaly","anomaly":{
          "sample":{"time":"2026-01-01T00:00:00Z","value":5.0},"score":4.5,"view":"range",
          "explanation":"far out"}}
        """
            .formatted(key, version);
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(TOPIC, 0, offset++, key.getBytes(UTF_8), value.getBytes(UTF_8));
    record.headers().add("thalweg-result-id", id.getBytes(UTF_8));
    consumer.addRecord(record);
  }
}
