package io.thalweg.domain.stats;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.ByteArrayInput;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.mapping.CubicallyInterpolatedMapping;
import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.store.CollapsingLowestDenseStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How many values lie in each of a bounded number of logarithmic bins (Masson, Rim and Lee,
 * "DDSketch", 2019): a value. Bins hold whole numbers, so merging is associative and commutative to
 * the bit, and what was restored from {@link #bytes} goes on with the same bits.
 *
 * <p>Each sign has at most {@value #BINS_MAX} bins, enough for 17 orders of magnitude at an error
 * of 1 %. Beyond that those nearest to 0 are merged and lose their exactness. The mapping of values
 * to bins uses no library function, so that all machines agree.
 */
public final class QuantileSketch {
  static final int BINS_MAX = 2048;

  private static final byte FORMAT = 1;
  private static final int HEADER_BYTES = 1 + Double.BYTES;

  private final double relativeError;
  private final DDSketch bins;

  private QuantileSketch(double relativeError, DDSketch bins) {
    this.relativeError = relativeError;
    this.bins = bins;
  }

  /** Of no values. */
  static QuantileSketch empty(double relativeError) {
    return new QuantileSketch(
        relativeError, new DDSketch(mapping(relativeError), QuantileSketch::store));
  }

  /** The reverse of {@link #bytes}. */
  public static QuantileSketch of(byte[] bytes) {
    if (bytes.length < HEADER_BYTES || bytes[0] != FORMAT) {
      throw new IllegalArgumentException(
          "not a quantile sketch of format " + FORMAT + ": " + bytes.length + " bytes");
    }
    double relativeError = ByteBuffer.wrap(bytes, 1, Double.BYTES).getDouble();
    ByteArrayInput input = ByteArrayInput.wrap(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES);
    try {
      return new QuantileSketch(
          relativeError, DDSketch.decode(input, QuantileSketch::store, mapping(relativeError)));
    } catch (IOException | ArithmeticException e) {
      throw new IllegalArgumentException("a quantile sketch can't be read", e);
    }
  }

  /** Format (1), relative error (1 double, big-endian), the bins as the library writes them. */
  public byte[] bytes() {
    GrowingByteArrayOutput output = GrowingByteArrayOutput.withDefaultInitialCapacity();
    try {
      bins.encode(output, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] encoded = output.trimmedCopy();
    return ByteBuffer.allocate(HEADER_BYTES + encoded.length)
        .put(FORMAT)
        .putDouble(relativeError)
        .put(encoded)
        .array();
  }

  QuantileSketch plus(QuantileSketch that) {
    DDSketch both = bins.copy();
    both.mergeWith(that.bins);
    return new QuantileSketch(relativeError, both);
  }

  /** One of its own that may be added to. */
  QuantileSketch copy() {
    return new QuantileSketch(relativeError, bins.copy());
  }

  /** Adds to this one; only whoever made it may do so, before anyone else sees it. */
  void add(double value) {
    double max = bins.getIndexMapping().maxIndexableValue();
    bins.accept(Math.max(-max, Math.min(max, value)));
  }

  /** Of at least one value. */
  List<Details.Quantile> quantiles(List<Double> ranks) {
    List<Details.Quantile> quantiles = new ArrayList<>(ranks.size());
    for (double rank : ranks) {
      quantiles.add(new Details.Quantile(rank, bins.getValueAtQuantile(rank)));
    }
    return quantiles;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof QuantileSketch that && Arrays.equals(bytes(), that.bytes());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes());
  }

  @Override
  public String toString() {
    return "QuantileSketch[relativeError=" + relativeError + ", count=" + bins.getCount() + "]";
  }

  private static IndexMapping mapping(double relativeError) {
    return new CubicallyInterpolatedMapping(relativeError);
  }

  private static CollapsingLowestDenseStore store() {
    return new CollapsingLowestDenseStore(BINS_MAX);
  }
}
