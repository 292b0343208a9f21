package org.recur4j.models.training.loss;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.data.Target;

/**
 * The rows of an output with their numeric targets, for a loss of values or labels. Rows that do
 * not count are replaced by zeros without being read, so that padding does not affect the loss.
 *
 * @param ops the operations
 * @param predicted the predictions {@code [N, C]}
 * @param wanted the targets {@code [N, K]}
 * @param weights the weights {@code [N, 1]}, 1 or 0; null if every row counts
 * @param target the target with the same numbers
 */
public record CountedRows(Ops ops, Tensor predicted, Tensor wanted, Tensor weights, Target target) {
  /**
   * Returns the rows of a batch.
   *
   * @param ops the operations
   * @param output the predictions, {@code [N, C]} or {@code [T, B, C]} with N = T·B
   * @param target the target of the N rows
   * @param numbers K, the numbers per row of the target
   * @return the rows with their targets
   * @throws InvalidArgumentException if the target does not have N·K numbers
   */
  public static CountedRows of(Ops ops, Tensor output, Target target, int numbers) {
    int outputs = output.extent(-1);
    int rows = output.size() / outputs;
    check(target, rows, numbers);
    Tensor predicted = ops.reshape(output, rows, outputs);
    Tensor wanted = ops.scope().create(output.dataType(), Shape.of(rows, numbers));
    int answers = target.answers();
    if (answers == rows) {
      ops.backend().upload(target.values(), 0, wanted);
      return new CountedRows(ops, predicted, wanted, null, target);
    }
    int[] places = new int[rows];
    float[] counted = new float[rows];
    float[] values = target.values().clone();
    for (int row = 0; row < rows; row++) {
      places[row] = target.counts()[row] ? row : -1;
      counted[row] = target.counts()[row] ? 1 : 0;
      for (int k = 0; k < numbers && !target.counts()[row]; k++) {
        values[row * numbers + k] = 0;
      }
    }
    Tensor indices = ops.scope().create(DataType.INT32, Shape.of(rows));
    Tensor weights = ops.scope().create(output.dataType(), Shape.of(rows, 1));
    ops.backend().upload(places, 0, indices);
    ops.backend().upload(counted, 0, weights);
    ops.backend().upload(values, 0, wanted);
    return new CountedRows(ops, ops.gather(predicted, indices), wanted, weights, target);
  }

  private static void check(Target target, int rows, int numbers) {
    boolean fits =
        target.values() != null
            && target.rows() == rows
            && target.values().length == rows * numbers;
    if (!fits) {
      throw new InvalidArgumentException(
          "loss",
          target.values() == null
              ? "class targets"
              : target.values().length + " numbers in " + target.rows() + " rows",
          rows + " rows of " + numbers + " numbers",
          "Use a loss and targets that fit the network");
    }
  }

  /**
   * Returns the difference ŷ − y; requires K = C.
   *
   * @return {@code [N, C]}
   */
  public Tensor difference() {
    return ops.subtract(predicted, wanted);
  }

  /**
   * Returns the sum of the terms of all rows that count, divided by the number of these rows and by
   * the number of terms per row.
   *
   * @param terms the terms {@code [N, …]}; finite, also in rows that do not count
   * @param termsPerAnswer the number of terms per row for a mean over them, 1 for their sum
   * @return the loss of the batch
   */
  public BatchLoss mean(Tensor terms, int termsPerAnswer) {
    int rows = predicted.extent(0);
    Tensor flat = ops.reshape(terms, rows, terms.size() / rows);
    Tensor counted = weights == null ? flat : ops.multiply(flat, weights);
    int answers = target.answers();
    double scale = 1.0 / Math.max(1, answers) / termsPerAnswer;
    Tensor mean = ops.affine(scale, ops.sum(counted), 0);
    return new BatchLoss(mean, answers, answers, predicted, target);
  }
}
