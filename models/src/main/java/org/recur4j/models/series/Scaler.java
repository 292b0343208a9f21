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
 * Brings every feature of a series to a size that networks learn well from, and answers back to the
 * feature's own unit. Fit it on the training part only: what comes later is not known yet. It goes
 * with the model, as a note of the model file.
 */
public abstract sealed class Scaler permits StandardScaler, MinMaxScaler {
  private static final String NOTE = "Scaler.ofNote";

  private final int features;

  Scaler(int features) {
    this.features = features;
  }

  /**
   * Number of features.
   *
   * @return F
   */
  public final int features() {
    return features;
  }

  /**
   * Scales one number.
   *
   * @param value in the feature's unit
   * @param feature which, from 0
   * @return scaled
   */
  public abstract double transform(double value, int feature);

  /**
   * Takes the scaling of one number back.
   *
   * @param value scaled
   * @param feature which, from 0
   * @return in the feature's unit
   */
  public abstract double inverse(double value, int feature);

  /**
   * Scales a series.
   *
   * @param series {@code [T][F]}, finite numbers
   * @return new arrays
   * @throws InvalidArgumentException if a number is not finite, or so far from those that the
   *     scaler was fit on that the scaled one is beyond float's range
   */
  public final float[][] transform(float[][] series) {
    return each("transform", series, this::transform);
  }

  /**
   * Takes the scaling of a series back.
   *
   * @param series {@code [T][F]}, scaled, finite numbers
   * @throws InvalidArgumentException if a number is not finite, or becomes one beyond float's range
   * @return new arrays; what {@link #transform(float[][])} was given, to float's precision
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
              "Correct the number, or fit the scaler on a series that varies as this one does");
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
   * The scaler as a note for {@link org.recur4j.models.network.Network#save(java.nio.file.Path,
   * java.util.Map)}.
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
   * Reads a note.
   *
   * @param note what {@link #toNote} wrote
   * @return the same scaler
   * @throws InvalidArgumentException if it is something else
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
          "Take the note from the model file under the key it was saved with");
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
   * Two lists of as many finite numbers, at least one, the first's not above the second's and so
   * near that their difference is finite.
   */
  static void check(String scaler, double[] least, double[] most) {
    boolean valid = least.length > 0 && least.length == most.length;
    for (int i = 0; i < least.length && valid; i++) {
      // The difference with an infinity, or of two of them, is not finite either.
      valid = least[i] <= most[i] && Double.isFinite(most[i] - least[i]);
    }
    if (!valid) {
      throw new InvalidArgumentException(
          scaler,
          Excerpt.of(Arrays.toString(least)) + " and " + Excerpt.of(Arrays.toString(most)),
          "as many finite numbers of both, at least one, the first ones not above the others and"
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
