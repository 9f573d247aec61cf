package io.thalweg.codec;

import io.thalweg.domain.key.KeyBatch;
import io.thalweg.journal.v1.Batch;

/** A key's share of a batch. */
public final class BatchCodec {
  private BatchCodec() {}

  public static Batch encode(KeyBatch batch) {
    return Batch.newBuilder()
        .setProducer(batch.producer())
        .setSequence(batch.sequence())
        .setSamples(ValueCodec.encode(batch.timesNanos(), batch.values()))
        .build();
  }

  public static KeyBatch decode(Batch message) {
    return new KeyBatch(
        message.getProducer(),
        message.getSequence(),
        ValueCodec.times(message.getSamples()),
        ValueCodec.values(message.getSamples()));
  }
}
