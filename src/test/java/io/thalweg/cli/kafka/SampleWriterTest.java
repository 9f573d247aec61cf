package io.thalweg.cli.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class SampleWriterTest {
  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final SampleWriter writer = new SampleWriter(producer, "in");

  @Test
  void whatIsAcknowledgedIsWritten() throws Exception {
    writer.accept("a", 1_436_538_240_000_000_000L, 564);
    writer.accept("b", 1_436_538_240_500_000_000L, -1.5);
    writer.accept("a", 1_436_538_241_000_000_000L, 1);
    assertThat(writer.written()).isZero();

    assertThat(producer.completeNext()).isTrue();
    assertThat(writer.written("a")).isEqualTo(1);
    writer.finish();

    assertThat(writer.written()).isEqualTo(3);
    assertThat(writer.written("a")).isEqualTo(2);
    assertThat(writer.written("c")).isZero();
    assertThat(producer.history())
        .extracting(record -> new String(record.key(), UTF_8) + new String(record.value(), UTF_8))
        .containsExactly(
            "a{\"time\":\"2015-07-10T14:24:00Z\",\"value\":564.0}",
            "b{\"time\":\"2015-07-10T14:24:00.500Z\",\"value\":-1.5}",
            "a{\"time\":\"2015-07-10T14:24:01Z\",\"value\":1.0}");
  }

  @Test
  void whatIsRefusedIsToldAndEndsIt() {
    writer.accept("a", 0, 1);
    assertThat(producer.errorNext(new RecordTooLargeException("too large"))).isTrue();
    writer.accept("a", 1, 2);

    assertThat(producer.history()).hasSize(1);
    assertThatThrownBy(writer::finish)
        .isInstanceOf(KafkaDemoException.class)
        .hasMessage("a record can't be written to in: too large");
    assertThat(writer.written("a")).isZero();
  }
}
