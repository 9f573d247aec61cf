package io.thalweg.bench.tool;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * Work that a machine does the faster the faster it runs the program, and that no change of the
 * program touches: what is measured is told in rounds of it. In a round a key is looked up by its
 * name, sixteen values enter its ring and its moments (Welford's recursion), and an event with them
 * is made and summed up. The keys' rings together exceed what lies close to a core.
 *
 * <p>Whoever changes it makes all recorded ratios worthless. Of one thread.
 */
public final class ReferenceWork {
  private static final int KEYS = 1 << 14;
  private static final int RING = 64;
  private static final int VALUES = 16;

  private final String[] names = new String[KEYS];
  private final Map<String, Key> keys = new HashMap<>();
  private final CRC32C sum = new CRC32C();
  private long draws = 42;

  private static final class Key {
    private final double[] ring = new double[RING];
    private long count;
    private double mean;
    private double m2;

    void add(double value) {
      ring[(int) (count % RING)] = value;
      count++;
      double difference = value - mean;
      mean += difference / count;
      m2 += difference * (value - mean);
    }
  }

  /** Always the same keys and, from here on, the same rounds. */
  public ReferenceWork() {
    for (int i = 0; i < KEYS; i++) {
      names[i] = "key-" + i;
      keys.put(names[i], new Key());
    }
  }

  /** Does a round; the result depends on all that it did. */
  public double round() {
    long at = scattered();
    String name = names[(int) (at & (KEYS - 1))];
    Key key = keys.computeIfAbsent(name, added -> new Key());
    ByteBuffer event = ByteBuffer.allocate(Long.BYTES + VALUES * Double.BYTES);
    event.putLong(at);
    for (int i = 0; i < VALUES; i++) {
      double value = 1_000 + (scattered() >>> 11) * 0x1p-53;
      key.add(value);
      event.putDouble(value);
    }
    sum.reset();
    sum.update(event.array());
    return key.mean + key.m2 + key.ring[(int) (at & (RING - 1))] + sum.getValue();
  }

  /** The next of a fixed row of numbers (Steele, Lea, Flood: SplitMix, 2014). */
  private long scattered() {
    draws += 0x9E3779B97F4A7C15L;
    long mixed = (draws ^ (draws >>> 30)) * 0xBF58476D1CE4E5B9L;
    return mixed ^ (mixed >>> 27);
  }
}
