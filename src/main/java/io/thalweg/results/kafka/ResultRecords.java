package io.thalweg.results.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.thalweg.domain.key.StreamKey;
import io.thalweg.journal.QueuedResults;
import io.thalweg.results.Protos;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Results as Kafka's records: by the stream key, so that a key's results stay in order. */
final class ResultRecords {
  static final String RESULT_ID = "thalweg-result-id";
  static final String CONTENT_TYPE = "content-type";

  private final String topic;
  private final ResultFormat format;
  private final byte[] contentType;

  ResultRecords(String topic, ResultFormat format) {
    this.topic = topic;
    this.format = format;
    this.contentType = format.contentType().getBytes(UTF_8);
  }

  /** A record for each result, in order. */
  List<ProducerRecord<byte[], byte[]>> of(QueuedResults event) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(event.results().size());
    byte[] key = event.key().key().getBytes(UTF_8);
    for (QueuedResults.Numbered result : event.results()) {
      byte[] value =
          format.bytes(
              Protos.result(event.key(), event.version(), result.index(), result.outcome()));
      ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, key, value);
      record
          .headers()
          .add(RESULT_ID, id(event.key(), event.version(), result.index()).getBytes(UTF_8))
          .add(CONTENT_TYPE, contentType);
      records.add(record);
    }
    return records;
  }

  /**
   * {@code stream/key/version/index}. Only the key may have a {@code /}, so that it can be taken
   * apart from both ends.
   */
  static String id(StreamKey key, long version, int index) {
    return key.entityId() + '/' + version + '/' + index;
  }
}
