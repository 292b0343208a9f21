package org.recur4j.models.metric;

/** Running errors of predicted numbers. Not thread-safe. */
public final class RegressionErrors {
  private long count;
  private double absolute;
  private double squared;

  /** No errors yet. */
  public RegressionErrors() {}

  /**
   * Counts one prediction.
   *
   * @param expected what was right
   * @param predicted what was given
   */
  public void add(double expected, double predicted) {
    double error = predicted - expected;
    count++;
    absolute += Math.abs(error);
    squared += error * error;
  }

  /**
   * How many predictions were counted.
   *
   * @return their number
   */
  public long count() {
    return count;
  }

  /**
   * Mean absolute error, in the unit of the values.
   *
   * @return at least 0; NaN without predictions
   */
  public double meanAbsolute() {
    return absolute / count;
  }

  /**
   * Root of the mean squared error, in the unit of the values.
   *
   * @return at least {@link #meanAbsolute}; NaN without predictions
   */
  public double rootMeanSquare() {
    return Math.sqrt(squared / count);
  }
}
