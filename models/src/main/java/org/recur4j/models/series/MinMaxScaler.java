package org.recur4j.models.series;

import com.google.gson.JsonObject;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.internal.json.JsonFields;

/**
 * A scaler that maps each feature's minimum to the lower and its maximum to the upper bound of a
 * range; a constant feature is mapped to the lower bound. Numbers beyond the minimum and maximum of
 * the fitted series are mapped outside the range.
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

  /** Interpolates; exact at a share of 0 and of 1, however much the magnitudes differ. */
  private static double between(double first, double second, double share) {
    return first * (1 - share) + second * share;
  }

  /**
   * Fits a scaler with the range [0, 1].
   *
   * @param training {@code [T][F]}, the training part only
   * @return a scaler for series of F features
   * @throws InvalidArgumentException if the series is empty or a number is not finite
   */
  public static MinMaxScaler fit(float[][] training) {
    return fit(training, 0, 1);
  }

  /**
   * Fits a scaler.
   *
   * @param training {@code [T][F]}, the training part only
   * @param low lower bound of the range
   * @param high upper bound of the range, above low
   * @return a scaler for series of F features
   * @throws InvalidArgumentException if the series is empty, a number is not finite, or the range
   *     is empty or its width is not finite
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
          "finite bounds with a finite difference, the upper above the lower",
          "Use 0 and 1, or −1 and 1");
    }
  }

  /**
   * Returns the minimum of a feature.
   *
   * @param feature index of the feature, from 0
   * @return the minimum, in the feature's unit
   */
  public double minimum(int feature) {
    return minimum[feature];
  }

  /**
   * Returns the maximum of a feature.
   *
   * @param feature index of the feature, from 0
   * @return the maximum, in the feature's unit
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
