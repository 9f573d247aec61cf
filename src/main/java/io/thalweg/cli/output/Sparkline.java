package io.thalweg.cli.output;

/** A series as a line of blocks. */
public final class Sparkline {
  private static final String BLOCKS = "▁▂▃▄▅▆▇█";

  private Sparkline() {}

  /**
   * Each block is the mean of an equal part of the values, between the least and the greatest mean.
   *
   * @param width in blocks; fewer values make fewer
   */
  public static String of(double[] values, int width) {
    int blocks = Math.min(width, values.length);
    double[] means = new double[blocks];
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < blocks; i++) {
      means[i] = mean(values, part(i, blocks, values.length), part(i + 1, blocks, values.length));
      min = Math.min(min, means[i]);
      max = Math.max(max, means[i]);
    }
    StringBuilder line = new StringBuilder(blocks);
    for (double mean : means) {
      double height = max > min ? (mean - min) / (max - min) : 0;
      line.append(BLOCKS.charAt((int) Math.round(height * (BLOCKS.length() - 1))));
    }
    return line.toString();
  }

  private static int part(int index, int parts, int length) {
    return (int) ((long) index * length / parts);
  }

  private static double mean(double[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[i];
    }
    return sum / (to - from);
  }
}
