package io.thalweg.ingest.kafka;

import io.thalweg.domain.sample.Batch;
import io.thalweg.domain.sample.Series;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.pekko.kafka.ConsumerMessage.CommittableMessage;
import org.apache.pekko.kafka.ConsumerMessage.CommittableOffset;

/**
 * Neighbouring records of a partition on their way to the keys as one.
 *
 * @param batch their samples, each with its offset as its number
 * @param records of which the samples are, in the batch's order
 * @param letters the records that are no samples
 * @param last how far it goes
 */
record Request(
    Batch batch,
    List<ConsumerRecord<byte[], byte[]>> records,
    List<Letter> letters,
    CommittableOffset last) {

  /** How many records it is of. */
  int size() {
    return records.size() + letters.size();
  }

  /**
   * Decodes records.
   *
   * @param producer whose numbers the offsets are
   * @param stopAtPoison whether nothing behind the first letter is taken
   */
  static Request of(
      List<CommittableMessage<byte[], byte[]>> messages,
      String stream,
      String producer,
      RecordDecoder decoder,
      boolean stopAtPoison) {
    List<Series> series = new ArrayList<>(messages.size());
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(messages.size());
    List<Letter> letters = new ArrayList<>(0);
    for (CommittableMessage<byte[], byte[]> message : messages) {
      try {
        series.add(decoder.decode(message.record()));
        records.add(message.record());
      } catch (Poison poison) {
        letters.add(new Letter(message.record(), poison.reason()));
        if (stopAtPoison) {
          break;
        }
      }
    }
    long[] numbers = new long[records.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = records.get(i).offset() + 1; // numbers begin with 1, offsets with 0
    }
    return new Request(
        new Batch(stream, producer, 0, series, numbers),
        records,
        letters,
        messages.getLast().committableOffset());
  }
}
