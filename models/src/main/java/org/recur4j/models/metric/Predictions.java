package org.recur4j.models.metric;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.data.Target;

/**
 * What a network gave for the rows of one batch, beside what was right. A row is an answer: a step
 * of a many-to-many network, a sequence of the others.
 *
 * @param outputs {@code [N, C]} row by row: logits of classes and labels, or values; of a row that
 *     does not count anything
 * @param columns C
 * @param target of the N rows
 */
public record Predictions(double[] outputs, int columns, Target target) {
  /** Checks that outputs and target fit together. */
  public Predictions {
    if (columns < 1 || outputs.length != (long) target.rows() * columns) {
      throw new InvalidArgumentException(
          "predictions",
          outputs.length + " numbers in columns of " + columns + " for " + target.rows() + " rows",
          "a number for each row and column",
          "Make outputs and targets agree");
    }
  }

  /**
   * Number of rows.
   *
   * @return N
   */
  public int rows() {
    return target.rows();
  }

  /**
   * Whether a row has an answer that counts.
   *
   * @param row in [0, N)
   * @return false for padding and where no answer is known
   */
  public boolean counts(int row) {
    return target.labels() == null ? target.counts()[row] : target.labels()[row] >= 0;
  }

  /**
   * One output.
   *
   * @param row in [0, N)
   * @param column in [0, C)
   * @return a logit, or a value
   */
  public double output(int row, int column) {
    return outputs[row * columns + column];
  }

  /**
   * The class that the network gives.
   *
   * @param row in [0, N)
   * @return the column with the largest output, the first of several
   */
  public int predictedClass(int row) {
    int largest = 0;
    for (int column = 1; column < columns; column++) {
      largest = output(row, column) > output(row, largest) ? column : largest;
    }
    return largest;
  }

  /**
   * The class that is right.
   *
   * @param row in [0, N), one that counts
   * @return in [0, C)
   * @throws InvalidArgumentException if the targets are numbers
   */
  public int expectedClass(int row) {
    if (target.labels() == null) {
      throw refuse("targets of numbers", "classes", "classes");
    }
    return target.labels()[row];
  }

  /**
   * A number that is right, or a label as 0 and 1.
   *
   * @param row in [0, N), one that counts
   * @param column in [0, C)
   * @return the number
   * @throws InvalidArgumentException if the targets are classes, or not as many as outputs
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
        "metric", got, expected, "Take this metric where a network answers with " + answers);
  }
}
