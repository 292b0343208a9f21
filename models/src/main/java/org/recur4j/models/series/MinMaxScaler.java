package org.recur4j.models.series;

import com.google.gson.JsonObject;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.internal.json.JsonFields;

/**
 * Every feature's smallest number becomes the range's beginning and its largest the range's end; a
 * constant feature becomes the beginning. Numbers beyond what was measured fall outside the range.
 */
public final class MinMaxScaler extends Scaler {
  static final String KIND = "min-max";

  private final double[] minimum;
  private final double[] maximum;
  private final double low;
  private final double high;

  private MinMaxScaler(double[] minimum, double[] maximum, double low, double high) {
    super(minimum.length);
    this.minimum = minimum;
    this.maximum = maximum;
    this.low = low;
    this.high = high;
  }

  @Override
  public double transform(double value, int feature) {
    double spread = maximum[feature] - minimum[feature];
    return spread == 0
        ? low + (value - minimum[feature])
        : between(low, high, (value - minimum[feature]) / spread);
  }

  @Override
  public double inverse(double value, int feature) {
    return minimum[feature] == maximum[feature]
        ? minimum[feature] + (value - low)
        : between(minimum[feature], maximum[feature], (value - low) / (high - low));
  }

  /** Exactly the first at a share of 0 and the second at 1, however far apart their sizes are. */
  private static double between(double first, double second, double share) {
    return first * (1 - share) + second * share;
  }

  /**
   * Measures a series; the range is [0, 1].
   *
   * @param training {@code [T][F]}, the training part only
   * @return a scaler for series of F features
   * @throws InvalidArgumentException if it is empty or holds what is no number
   */
  public static MinMaxScaler fit(float[][] training) {
    return fit(training, 0, 1);
  }

  /**
   * Measures a series.
   *
   * @param training {@code [T][F]}, the training part only
   * @param low beginning of the range
   * @param high end of the range, above low
   * @return a scaler for series of F features
   * @throws InvalidArgumentException if it is empty, holds what is no number, or the range is none
   */
  public static MinMaxScaler fit(float[][] training, double low, double high) {
    checkRange(low, high);
    int features = SeriesChecks.features("MinMaxScaler.fit", training);
    double[] minimum = new double[features];
    double[] maximum = new double[features];
    for (int feature = 0; feature < features; feature++) {
      minimum[feature] = training[0][feature];
      maximum[feature] = training[0][feature];
      for (float[] step : training) {
        minimum[feature] = Math.min(minimum[feature], step[feature]);
        maximum[feature] = Math.max(maximum[feature], step[feature]);
      }
    }
    return new MinMaxScaler(minimum, maximum, low, high);
  }

  private static void checkRange(double low, double high) {
    if (!(low < high) || !Double.isFinite(high - low)) {
      throw new InvalidArgumentException(
          "MinMaxScaler",
          "a range from " + low + " to " + high,
          "finite numbers a finite distance apart, the end above the beginning",
          "Use 0 and 1, or −1 and 1");
    }
  }

  /**
   * Smallest number of a feature.
   *
   * @param feature from 0
   * @return in its unit
   */
  public double minimum(int feature) {
    return minimum[feature];
  }

  /**
   * Largest number of a feature.
   *
   * @param feature from 0
   * @return in its unit
   */
  public double maximum(int feature) {
    return maximum[feature];
  }

  @Override
  String kind() {
    return KIND;
  }

  @Override
  void write(JsonObject json) {
    json.add("minimum", array(minimum));
    json.add("maximum", array(maximum));
    json.addProperty("low", low);
    json.addProperty("high", high);
  }

  static MinMaxScaler read(JsonFields json) {
    double[] minimum = json.numbers("minimum");
    double[] maximum = json.numbers("maximum");
    check("MinMaxScaler", minimum, maximum);
    double low = json.number("low");
    double high = json.number("high");
    checkRange(low, high);
    return new MinMaxScaler(minimum, maximum, low, high);
  }
}
