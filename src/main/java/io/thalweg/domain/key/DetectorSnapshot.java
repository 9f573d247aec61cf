package io.thalweg.domain.key;

import io.thalweg.domain.detect.Detector;
import io.thalweg.domain.detect.DetectorDefinition;
import io.thalweg.domain.detect.DetectorMemory;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a detector remembers of a key, as plain data; equal where all bits are equal. The array is
 * handed over: nobody changes it.
 *
 * @param detector its name and version, which say what the numbers are
 * @param numbers at least one
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over, to spare a copy.
public record DetectorSnapshot(String detector, double[] numbers) {

  /** Empty where the detector remembers nothing. */
  static Optional<DetectorSnapshot> of(StreamDefinition definition, DetectorMemory memory) {
    double[] numbers = memory.numbers();
    return numbers.length == 0
        ? Optional.empty()
        : definition.detector().map(d -> new DetectorSnapshot(d.definition().name(), numbers));
  }

  /**
   * What was remembered.
   *
   * @throws IllegalArgumentException if it is not of the stream's detector
   */
  DetectorMemory restore(StreamDefinition definition) {
    Optional<DetectorDefinition> known = definition.detector().map(WindowDetector::definition);
    if (known.filter(d -> d.name().equals(detector)).isEmpty()) {
      throw new IllegalArgumentException(
          "a memory of the detector '"
              + detector
              + "' where the stream's is "
              + known.map(DetectorDefinition::name).orElse("none"));
    }
    DetectorMemory memory = DetectorMemory.restore(numbers.clone());
    return Detector.of(known, definition.time().zone(), memory).freeze();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DetectorSnapshot that
        && detector.equals(that.detector)
        && Arrays.equals(numbers, that.numbers);
  }

  @Override
  public int hashCode() {
    return 31 * detector.hashCode() + Arrays.hashCode(numbers);
  }
}
