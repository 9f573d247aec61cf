package io.thalweg.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the other tests rely on: an acknowledged record is still there after a kill. */
class KafkaBrokerIT {
  @TempDir Path folder;

  @Test
  void keepsWhatItHasAcknowledgedThroughAKill() throws Exception {
    try (KafkaBroker broker = KafkaBroker.start(folder)) {
      broker.createTopic("t", 2);
      broker.produce(List.of(record("a", "1"), record("b", "2")));
      broker.kill();
      broker.start();
      broker.produce(List.of(record("a", "3")));

      assertThat(broker.readAll("t"))
          .extracting(r -> new String(r.value(), UTF_8))
          .containsExactlyInAnyOrder("1", "2", "3");
    }
  }

  private static ProducerRecord<byte[], byte[]> record(String key, String value) {
    return new ProducerRecord<>("t", key.getBytes(UTF_8), value.getBytes(UTF_8));
  }
}
