package org.recur4j.models.metric;

/** Running errors of predicted values. Not thread-safe. */
public final class RegressionErrors {
  private long count;
  private double absolute;
  private double squared;

  /** Creates errors without predictions. */
  public RegressionErrors() {}

  /**
   * Adds one prediction.
   *
   * @param expected the expected value
   * @param predicted the predicted value
   */
  public void add(double expected, double predicted) {
    double error = predicted - expected;
    count++;
    absolute += Math.abs(error);
    squared += error * error;
  }

  /**
   * Returns the number of predictions.
   *
   * @return the number of predictions
   */
  public long count() {
    return count;
  }

  /**
   * Returns the mean absolute error, in the unit of the values.
   *
   * @return the error, at least 0; NaN without predictions
   */
  public double meanAbsolute() {
    return absolute / count;
  }

  /**
   * Returns the root mean squared error, in the unit of the values.
   *
   * @return the error, at least {@link #meanAbsolute}; NaN without predictions
   */
  public double rootMeanSquare() {
    return Math.sqrt(squared / count);
  }
}
