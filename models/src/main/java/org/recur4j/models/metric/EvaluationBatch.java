package org.recur4j.models.metric;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.data.Target;

/**
 * The outputs of a network for the rows of one batch, with their targets. A row is a step of a
 * many-to-many network, or a sequence of other networks.
 *
 * @param outputs the outputs {@code [N, C]} row by row: logits of classes or labels, or values;
 *     arbitrary in rows that do not count
 * @param columns C
 * @param target the target of the N rows
 */
public record EvaluationBatch(double[] outputs, int columns, Target target) {
  /** Checks that outputs and target fit together. */
  public EvaluationBatch {
    if (columns < 1 || outputs.length != (long) target.rows() * columns) {
      throw new InvalidArgumentException(
          "evaluation batch",
          outputs.length + " numbers in columns of " + columns + " for " + target.rows() + " rows",
          "a number for each row and column",
          "Make the outputs fit the targets");
    }
  }

  /**
   * Returns the number of rows.
   *
   * @return N
   */
  public int rows() {
    return target.rows();
  }

  /**
   * Returns whether the target of a row counts.
   *
   * @param row the index of the row, in [0, N)
   * @return false for padding and rows without a target
   */
  public boolean counts(int row) {
    return target.labels() == null ? target.counts()[row] : target.labels()[row] >= 0;
  }

  /**
   * Returns one output.
   *
   * @param row the index of the row, in [0, N)
   * @param column the index of the column, in [0, C)
   * @return a logit, or a value
   */
  public double output(int row, int column) {
    return outputs[row * columns + column];
  }

  /**
   * Returns the predicted class of a row.
   *
   * @param row the index of the row, in [0, N)
   * @return the column with the largest output; the first one of equal outputs
   */
  public int predictedClass(int row) {
    int largest = 0;
    for (int column = 1; column < columns; column++) {
      largest = output(row, column) > output(row, largest) ? column : largest;
    }
    return largest;
  }

  /**
   * Returns the expected class of a row.
   *
   * @param row the index of the row, in [0, N); the row must count
   * @return the class in [0, C)
   * @throws InvalidArgumentException if the targets are numbers
   */
  public int expectedClass(int row) {
    if (target.labels() == null) {
      throw refuse("targets of numbers", "classes", "classes");
    }
    return target.labels()[row];
  }

  /**
   * Returns an expected value, or a label as 0 or 1.
   *
   * @param row the index of the row, in [0, N); the row must count
   * @param column the index of the column, in [0, C)
   * @return the expected value
   * @throws InvalidArgumentException if the targets are classes, or if there are not as many as
   *     outputs
   */
  public double expectedValue(int row, int column) {
    if (target.labels() != null) {
      throw refuse("targets of classes", "numbers", "values or labels");
    }
    if (target.values().length != outputs.length) {
      throw refuse(
          "targets of " + target.values().length / rows() + " numbers",
          columns + ", as many as outputs",
          "one value for each number");
    }
    return target.values()[row * columns + column];
  }

  private static InvalidArgumentException refuse(String got, String expected, String answers) {
    return new InvalidArgumentException(
        "metric", got, expected, "Use this metric only for networks that predict " + answers);
  }
}
