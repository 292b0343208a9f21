package org.recur4j.models.series;

import com.google.gson.JsonObject;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.internal.json.JsonFields;

/** Mean 0 and standard deviation 1 for every feature; a constant feature becomes 0. */
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

  /** A constant feature is shifted and not blown up. */
  private double scale(int feature) {
    return deviation[feature] == 0 ? 1 : deviation[feature];
  }

  /**
   * Measures a series.
   *
   * @param training {@code [T][F]}, the training part only
   * @return a scaler for series of F features
   * @throws InvalidArgumentException if it is empty or holds what is no number
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
   * Mean of a feature.
   *
   * @param feature from 0
   * @return in its unit
   */
  public double mean(int feature) {
    return mean[feature];
  }

  /**
   * Standard deviation of a feature (of the population: divided by T).
   *
   * @param feature from 0
   * @return in its unit; 0 of a constant
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
