package org.recur4j.models.network;

import java.util.Arrays;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.models.architecture.Architecture;
import org.recur4j.models.architecture.OutputKind;
import org.recur4j.models.data.LabelSet;

/**
 * The answers of a network to a list of examples, by row and step; row i belongs to example i.
 *
 * <p>A one-to-one or many-to-one network has one answer for each row, and the methods that take a
 * row alone return it. A many-to-many or one-to-many network has an answer for each step of a row;
 * the methods that take a row and a step return it. An answer holds {@link #outputs} numbers: the
 * probabilities of classes, which add up to 1, the probability of each label, or values.
 *
 * <pre>{@code
 * Predictions tags = tagger.predict(sentences);
 * for (int step = 0; step < tags.steps(0); step++) {
 *   System.out.println(tags.label(0, step, labels));
 * }
 * }</pre>
 */
public final class Predictions {
  private final OutputKind answer;
  private final boolean aligned;
  private final int outputs;
  private final float[][] rows;
  private final boolean[][] masks;

  /**
   * Predictions of a network.
   *
   * @param rows {@code [B][answers · C]}
   * @param masks {@code [B][T]}; null for a row all of whose steps are real
   */
  Predictions(Architecture architecture, float[][] rows, boolean[][] masks) {
    this.answer = architecture.answer();
    this.aligned = architecture.topology().isAligned();
    this.outputs = architecture.outputs();
    this.rows = rows;
    this.masks = masks;
  }

  /**
   * Returns the number of rows.
   *
   * @return as many as there were examples
   */
  public int size() {
    return rows.length;
  }

  /**
   * Returns the number of answers of a row.
   *
   * @param row from 0 to {@code size() - 1}
   * @return the number of steps of the example, masked steps included; 1 if a row has one answer
   */
  public int steps(int row) {
    checkRow("steps", row);
    return rows[row].length / outputs;
  }

  /**
   * Returns the size of an answer.
   *
   * @return number of classes, labels or values
   */
  public int outputs() {
    return outputs;
  }

  /**
   * Returns whether a step is real, that is, not masked.
   *
   * @param row from 0 to {@code size() - 1}
   * @param step from 0 to {@code steps(row) - 1}
   * @return true without a mask, and if a row has one answer
   */
  public boolean isReal(int row, int step) {
    checkStep("isReal", row, step);
    return !aligned || masks[row] == null || masks[row][step];
  }

  /**
   * Returns the answer of a row.
   *
   * @param row from 0 to {@code size() - 1}
   * @return {@code [C]} probabilities or values; a copy
   * @throws InvalidArgumentException if the network answers at each step
   */
  public float[] values(int row) {
    return values(row, only("values", row));
  }

  /**
   * Returns the answer at a step.
   *
   * @param row from 0 to {@code size() - 1}
   * @param step from 0 to {@code steps(row) - 1}
   * @return {@code [C]} probabilities or values; zeros for a masked step; a copy
   */
  public float[] values(int row, int step) {
    checkStep("values", row, step);
    return Arrays.copyOfRange(rows[row], step * outputs, (step + 1) * outputs);
  }

  /**
   * Returns the most probable class of a row.
   *
   * @param row from 0 to {@code size() - 1}
   * @return from 0 to {@code outputs() - 1}; the first of equal ones
   * @throws InvalidArgumentException if the network does not answer with classes, or answers at
   *     each step
   */
  public int argMax(int row) {
    return argMax(row, only("argMax", row));
  }

  /**
   * Returns the most probable class at a step.
   *
   * @param row from 0 to {@code size() - 1}
   * @param step from 0 to {@code steps(row) - 1}
   * @return from 0 to {@code outputs() - 1}, the first of equal ones; −1 for a masked step, as in
   *     {@link org.recur4j.models.data.Example#tagged(int[], int...)}
   * @throws InvalidArgumentException if the network does not answer with classes
   */
  public int argMax(int row, int step) {
    if (answer != OutputKind.CLASSES) {
      throw new InvalidArgumentException(
          "argMax",
          "a network that answers with " + answer,
          "one that answers with " + OutputKind.CLASSES,
          "Read the numbers with values(…)");
    }
    if (!isReal(row, step)) {
      return -1;
    }
    int first = step * outputs;
    int best = first;
    for (int i = first + 1; i < first + outputs; i++) {
      if (rows[row][i] > rows[row][best]) {
        best = i;
      }
    }
    return best - first;
  }

  /**
   * Returns the label of the most probable class of a row.
   *
   * @param row from 0 to {@code size() - 1}
   * @param labels the labels that the network was trained with
   * @return one of them
   * @throws InvalidArgumentException as {@link #argMax(int)}, or if there are not as many labels as
   *     classes
   */
  public String label(int row, LabelSet labels) {
    return label(row, only("label", row), labels);
  }

  /**
   * Returns the label of the most probable class at a step.
   *
   * @param row from 0 to {@code size() - 1}
   * @param step from 0 to {@code steps(row) - 1}
   * @param labels the labels that the network was trained with
   * @return one of them
   * @throws InvalidArgumentException as {@link #argMax(int, int)}, if there are not as many labels
   *     as classes, or if a mask leaves the step out
   */
  public String label(int row, int step, LabelSet labels) {
    InvalidArgumentException.requireGiven(labels, "label", "labels");
    if (labels.size() != outputs) {
      throw new InvalidArgumentException(
          "label",
          labels.size() + " labels",
          outputs + ", one for each class",
          "Use the labels that the network was trained with");
    }
    int best = argMax(row, step);
    if (best < 0) {
      throw new InvalidArgumentException(
          "label",
          "step " + step + " of row " + row + ", which is masked",
          "a real step",
          "Call isReal(row, step) first");
    }
    return labels.names().get(best);
  }

  /** Returns the step of a row's only answer; refuses networks that answer at each step. */
  private int only(String operation, int row) {
    checkRow(operation, row);
    if (aligned) {
      throw new InvalidArgumentException(
          operation,
          "row " + row + " without a step, for a network with an answer at each step",
          "a row and a step from 0 to steps(row) - 1",
          "Call " + operation + "(row, step, …), or use Networks.manyToOne()");
    }
    return 0;
  }

  private void checkRow(String operation, int row) {
    if (row < 0 || row >= rows.length) {
      throw new InvalidArgumentException(
          operation,
          "row " + row,
          "0 to " + (rows.length - 1),
          "Count rows from 0, in the order of the examples");
    }
  }

  private void checkStep(String operation, int row, int step) {
    int steps = steps(row);
    if (step < 0 || step >= steps) {
      throw new InvalidArgumentException(
          operation,
          "step " + step + " of row " + row,
          steps == 0 ? "no step, because the example has none" : "0 to " + (steps - 1),
          "Call steps(row) for the number of steps");
    }
  }
}
