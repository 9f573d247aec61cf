package io.thalweg.ingest.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A record that is no sample, and why. */
record Letter(ConsumerRecord<byte[], byte[]> record, String reason) {

  /** Where it is, and what is wrong, in one line. */
  String described() {
    return "%s-%d at offset %d: %s"
        .formatted(record.topic(), record.partition(), record.offset(), reason);
  }
}
