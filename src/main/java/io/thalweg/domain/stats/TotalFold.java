package io.thalweg.domain.stats;

/**
 * Adds values to a {@link Total}. Of one thread, and without an allocation per value.
 *
 * <p>The sums are compensated and not renormalized at each step (Ogita, Rump and Oishi 2005): the
 * rounding errors of the high part are exact and are summed beside it, so that each value costs two
 * dependent additions instead of twenty, and the result is as if summed in twice the precision.
 */
public final class TotalFold {
  private long count;
  private double centre;
  private double sum;
  private double sumRest;
  private double squares;
  private double squaresRest;
  private double min;
  private double max;

  TotalFold(Total from) {
    count = from.count();
    centre = from.centre();
    sum = from.sum();
    sumRest = from.sumRest();
    squares = from.squares();
    squaresRest = from.squaresRest();
    min = from.min();
    max = from.max();
  }

  /** Adds a finite value. */
  public void add(double x) {
    if (count++ == 0) {
      centre = x;
      min = x;
      max = x;
      return;
    }
    if (x < min) {
      min = x;
    }
    if (x > max) {
      max = x;
    }
    double d = x - centre;
    if (Math.abs(d) <= Total.SQUARABLE_MAX) {
      addNear(x, d);
    } else {
      addFar(d);
    }
  }

  /** What was added so far, and before. */
  public Total total() {
    return new Total(count, centre, sum, sumRest, squares, squaresRest, min, max);
  }

  public long count() {
    return count;
  }

  public double centre() {
    return centre;
  }

  /** Sum of the deviations from the centre, rounded. */
  public double sum() {
    return sum + sumRest;
  }

  /** Sum of the squared deviations from the centre, rounded. */
  public double squares() {
    return squares == Double.MAX_VALUE ? squares : squares + squaresRest;
  }

  /** 0 where count is 0. */
  public double min() {
    return min;
  }

  /** 0 where count is 0. */
  public double max() {
    return max;
  }

  private void addNear(double x, double d) {
    double back = d - x;
    double dRest = (x - (d - back)) - (centre + back);
    addToSum(d, dRest);
    double square = d * d;
    addToSquares(square, Math.fma(d, d, -square) + 2 * d * dRest);
  }

  private void addFar(double d) {
    addToSum(Math.max(-Total.DEVIATION_MAX, Math.min(Total.DEVIATION_MAX, d)), 0);
    squares = Double.MAX_VALUE;
    squaresRest = 0;
  }

  private void addToSum(double term, double rest) {
    double s = sum + term;
    double z = s - sum;
    sumRest += ((sum - (s - z)) + (term - z)) + rest;
    sum = s;
  }

  private void addToSquares(double term, double rest) {
    double s = squares + term;
    double z = s - squares;
    squaresRest += ((squares - (s - z)) + (term - z)) + rest;
    squares = s;
  }
}
