package org.recur4j.models.data;

import org.recur4j.api.error.InvalidArgumentException;

/**
 * The targets of the N rows of an output: one class each, or numbers. Arrays are not copied.
 *
 * @param labels {@code [N]}, −1 if the row does not count; null for numbers
 * @param values {@code [N, K]} row by row, numbers or labels as 0 and 1; null for classes
 * @param counts {@code [N]}, whether a row of numbers counts; null for classes
 */
public record Target(int[] labels, float[] values, boolean[] counts) {
  /** Checks that there are either classes or numbers. */
  public Target {
    boolean whole =
        labels == null
            ? values != null && counts != null && values.length % Math.max(1, counts.length) == 0
            : values == null && counts == null;
    if (!whole) {
      throw new InvalidArgumentException(
          "Target",
          "neither classes nor numbers with a count for each row",
          "labels alone, or values and counts",
          "Use the factory methods");
    }
  }

  /**
   * Returns a target of classes.
   *
   * @param labels {@code [N]}, −1 if the row does not count
   * @return the target
   */
  public static Target ofClasses(int... labels) {
    return new Target(labels, null, null);
  }

  /**
   * Returns a target of numbers, or of labels as 0 and 1.
   *
   * @param values {@code [N, K]} row by row
   * @param counts {@code [N]}, whether a row counts
   * @return the target
   */
  public static Target ofValues(float[] values, boolean[] counts) {
    return new Target(null, values, counts);
  }

  /**
   * Returns the number of rows.
   *
   * @return N
   */
  public int rows() {
    return labels == null ? counts.length : labels.length;
  }

  /**
   * Returns the number of rows that count.
   *
   * @return in [0, N]
   */
  public int answers() {
    int answers = 0;
    for (int row = 0; row < rows(); row++) {
      answers += (labels == null ? counts[row] : labels[row] >= 0) ? 1 : 0;
    }
    return answers;
  }
}
