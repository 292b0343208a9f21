package org.recur4j.models.series;

import com.google.gson.JsonObject;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.internal.json.JsonFields;

/** A scaler to mean 0 and standard deviation 1 for each feature; a constant feature becomes 0. */
public final class StandardScaler extends Scaler {
  static final String KIND = "standard";

  private final double[] mean;
  private final double[] deviation;

  private StandardScaler(double[] mean, double[] deviation) {
    super(mean.length);
    this.mean = mean;
    this.deviation = deviation;
  }

  @Override
  public double transform(double value, int feature) {
    return (value - mean[feature]) / scale(feature);
  }

  @Override
  public double inverse(double value, int feature) {
    return value * scale(feature) + mean[feature];
  }

  /** Returns the divisor of a feature, which is 1 for a constant. */
  private double scale(int feature) {
    return deviation[feature] == 0 ? 1 : deviation[feature];
  }

  /**
   * Fits a scaler.
   *
   * @param training {@code [T][F]}, the training part only
   * @return a scaler for series of F features
   * @throws InvalidArgumentException if the series is empty or a number is not finite
   */
  public static StandardScaler fit(float[][] training) {
    int features = SeriesChecks.features("StandardScaler.fit", training);
    double[] mean = new double[features];
    double[] deviation = new double[features];
    for (int feature = 0; feature < features; feature++) {
      // A double holds sums of equal floats exactly, so that a constant has a deviation of exactly
      // 0.
      double sum = 0;
      for (float[] step : training) {
        sum += step[feature];
      }
      mean[feature] = sum / training.length;
      double squares = 0;
      for (float[] step : training) {
        double apart = step[feature] - mean[feature];
        squares += apart * apart;
      }
      deviation[feature] = Math.sqrt(squares / training.length);
    }
    return new StandardScaler(mean, deviation);
  }

  /**
   * Returns the mean of a feature.
   *
   * @param feature index of the feature, from 0
   * @return the mean, in the feature's unit
   */
  public double mean(int feature) {
    return mean[feature];
  }

  /**
   * Returns the population standard deviation of a feature (divided by T).
   *
   * @param feature index of the feature, from 0
   * @return the standard deviation, in the feature's unit; 0 for a constant
   */
  public double deviation(int feature) {
    return deviation[feature];
  }

  @Override
  String kind() {
    return KIND;
  }

  @Override
  void write(JsonObject json) {
    json.add("mean", array(mean));
    json.add("deviation", array(deviation));
  }

  static StandardScaler read(JsonFields json) {
    double[] mean = json.numbers("mean");
    double[] deviation = json.numbers("deviation");
    check("StandardScaler", mean, mean);
    check("StandardScaler", new double[mean.length], deviation);
    return new StandardScaler(mean, deviation);
  }
}
