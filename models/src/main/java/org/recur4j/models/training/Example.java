package org.recur4j.models.training;

import org.recur4j.api.error.InvalidArgumentException;

/**
 * A sequence with its answer. Exactly one kind of input and one kind of answer is there; arrays are
 * not copied.
 *
 * @param indices {@code [T]}, or null
 * @param features {@code [T][F]}, or null
 * @param labels one class, or one for each step; or null
 * @param values {@code [1][C]}, or {@code [T][C]}; or null
 */
public record Example(int[] indices, float[][] features, int[] labels, float[][] values) {
  /** Checks that there is one input and one answer. */
  public Example {
    if ((indices == null) == (features == null) || (labels == null) == (values == null)) {
      throw new InvalidArgumentException(
          "Example",
          "not one input and one answer",
          "indices or features, and labels or values",
          "Use the factories");
    }
  }

  /**
   * Indices with one class.
   *
   * @param indices {@code [T]}
   * @param label from 0
   * @return the example
   */
  public static Example classified(int[] indices, int label) {
    return new Example(indices, null, new int[] {label}, null);
  }

  /**
   * Vectors with one class.
   *
   * @param features {@code [T][F]}
   * @param label from 0
   * @return the example
   */
  public static Example classified(float[][] features, int label) {
    return new Example(null, features, new int[] {label}, null);
  }

  /**
   * Indices with a class for each step.
   *
   * @param indices {@code [T]}
   * @param labels {@code [T]}; −1 where a step does not count
   * @return the example
   */
  public static Example tagged(int[] indices, int... labels) {
    return new Example(indices, null, labels, null);
  }

  /**
   * Vectors with real numbers.
   *
   * @param features {@code [T][F]}
   * @param values {@code [1][C]}, or {@code [T][C]} of a many-to-many network
   * @return the example
   */
  public static Example valued(float[][] features, float[]... values) {
    return new Example(null, features, null, values);
  }

  int steps() {
    return indices == null ? features.length : indices.length;
  }

  int answers() {
    return labels == null ? values.length : labels.length;
  }
}
