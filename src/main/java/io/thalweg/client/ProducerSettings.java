package io.thalweg.client;

/**
 * Who produces, for which stream, and how much may be under way.
 *
 * @param stream the stream's name
 * @param producerId names the producer for ever: a batch of this producer with a number that the
 *     server has seen is not counted again. Two producers must never share one
 * @param firstSequence the number of the first batch, at least 1. After a restart, one more than
 *     the last acknowledged one, if its batches are to be new; the same as before, if the same
 *     batches are sent again
 * @param batchesInFlightMax so many batches may be unacknowledged
 * @param samplesInFlightMax so many samples in them; a single larger batch goes alone
 */
public record ProducerSettings(
    String stream,
    String producerId,
    long firstSequence,
    int batchesInFlightMax,
    int samplesInFlightMax) {

  public ProducerSettings {
    if (stream.isEmpty()) {
      throw new IllegalArgumentException("a producer needs a stream");
    }
    if (producerId.isEmpty()) {
      throw new IllegalArgumentException("a producer needs an id");
    }
    requirePositive("firstSequence", firstSequence);
    requirePositive("batchesInFlightMax", batchesInFlightMax);
    requirePositive("samplesInFlightMax", samplesInFlightMax);
  }

  /** Starts at 1, with up to 64 batches and 100,000 samples in flight. */
  public static ProducerSettings of(String stream, String producerId) {
    return new ProducerSettings(stream, producerId, 1, 64, 100_000);
  }

  public ProducerSettings withFirstSequence(long sequence) {
    return new ProducerSettings(
        stream, producerId, sequence, batchesInFlightMax, samplesInFlightMax);
  }

  public ProducerSettings withInFlight(int batchesMax, int samplesMax) {
    return new ProducerSettings(stream, producerId, firstSequence, batchesMax, samplesMax);
  }

  private static void requirePositive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be positive, not " + value);
    }
  }
}
