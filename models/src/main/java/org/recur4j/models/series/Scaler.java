package org.recur4j.models.series;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Arrays;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.error.RecurException;
import org.recur4j.models.internal.json.Excerpt;
import org.recur4j.models.internal.json.JsonFields;

/**
 * A scaler that normalizes each feature of a series for training, and converts predictions back to
 * the feature's unit. Fit it on the training part only, because later steps are unknown then. Store
 * it with the model, as a note in the model file.
 */
public abstract sealed class Scaler permits StandardScaler, MinMaxScaler {
  private static final String NOTE = "Scaler.ofNote";

  private final int features;

  Scaler(int features) {
    this.features = features;
  }

  /**
   * Returns the number of features.
   *
   * @return F
   */
  public final int features() {
    return features;
  }

  /**
   * Scales one number.
   *
   * @param value the number, in the feature's unit
   * @param feature index of the feature, from 0
   * @return the scaled number
   */
  public abstract double transform(double value, int feature);

  /**
   * Reverses the scaling of one number.
   *
   * @param value the scaled number
   * @param feature index of the feature, from 0
   * @return the number, in the feature's unit
   */
  public abstract double inverse(double value, int feature);

  /**
   * Scales a series.
   *
   * @param series {@code [T][F]}, finite numbers
   * @return new arrays
   * @throws InvalidArgumentException if a number or its scaled value is not finite as a float
   */
  public final float[][] transform(float[][] series) {
    return each("transform", series, this::transform);
  }

  /**
   * Reverses the scaling of a series.
   *
   * @param series {@code [T][F]}, scaled, finite numbers
   * @return new arrays; the input of {@link #transform(float[][])}, to float's precision
   * @throws InvalidArgumentException if a number or its result is not finite as a float
   */
  public final float[][] inverse(float[][] series) {
    return each("inverse", series, this::inverse);
  }

  private float[][] each(String operation, float[][] series, Change change) {
    SeriesChecks.features(operation + " of a scaler", series, features());
    float[][] result = new float[series.length][features()];
    for (int t = 0; t < series.length; t++) {
      for (int feature = 0; feature < features(); feature++) {
        float changed = (float) change.of(series[t][feature], feature);
        if (!Float.isFinite(changed)) {
          throw new InvalidArgumentException(
              operation + " of a scaler",
              series[t][feature] + " at step " + t + ", feature " + feature,
              "a number that stays within float's range",
              "Correct the number, or fit the scaler on a series with a similar range");
        }
        result[t][feature] = changed;
      }
    }
    return result;
  }

  private interface Change {
    double of(double value, int feature);
  }

  /**
   * Returns this scaler as a note for {@link
   * org.recur4j.models.network.Network#save(java.nio.file.Path, java.util.Map)}.
   *
   * @return one line of JSON
   */
  public final String toNote() {
    JsonObject json = new JsonObject();
    json.addProperty("scaler", kind());
    write(json);
    return new Gson().toJson(json);
  }

  /**
   * Reads a scaler from a note.
   *
   * @param note a note written by {@link #toNote}
   * @return an equal scaler
   * @throws InvalidArgumentException if the note is not a scaler
   */
  public static Scaler ofNote(String note) {
    try {
      JsonFields json = JsonFields.parse(note);
      String kind = json.text("scaler");
      Scaler scaler =
          switch (kind) {
            case StandardScaler.KIND -> StandardScaler.read(json);
            case MinMaxScaler.KIND -> MinMaxScaler.read(json);
            default -> throw new RecurException("scaler '" + Excerpt.of(kind) + "'");
          };
      json.end();
      return scaler;
    } catch (RecurException e) {
      throw new InvalidArgumentException(
          NOTE,
          "'" + Excerpt.of(note) + "' (" + e.getMessage() + ")",
          "one line of JSON as Scaler.toNote writes it",
          "Read the note from the model file under the key it was saved with");
    }
  }

  abstract String kind();

  abstract void write(JsonObject json);

  static JsonArray array(double[] values) {
    JsonArray array = new JsonArray();
    for (double value : values) {
      array.add(value);
    }
    return array;
  }

  /**
   * Checks that both arrays have the same length of at least 1, that the first's numbers are at
   * most the second's, and that all numbers and differences are finite.
   */
  static void check(String scaler, double[] least, double[] most) {
    boolean valid = least.length > 0 && least.length == most.length;
    for (int i = 0; i < least.length && valid; i++) {
      // Infinite numbers have no finite difference, so this checks both.
      valid = least[i] <= most[i] && Double.isFinite(most[i] - least[i]);
    }
    if (!valid) {
      throw new InvalidArgumentException(
          scaler,
          Excerpt.of(Arrays.toString(least)) + " and " + Excerpt.of(Arrays.toString(most)),
          "as many finite numbers in both, at least one, the first ones not above the others and"
              + " their differences finite",
          "Fit the scaler on the training part");
    }
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof Scaler that && toNote().equals(that.toNote());
  }

  @Override
  public final int hashCode() {
    return toNote().hashCode();
  }

  @Override
  public final String toString() {
    return toNote();
  }
}
