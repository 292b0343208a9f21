package org.recur4j.models.training.loss;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.data.Target;

/**
 * The rows of an output with their classes, for a classification loss. Rows that do not count are
 * replaced by zeros without being read, so that padding does not affect the loss.
 *
 * @param loss the loss, which gives the weight of each class
 * @param ops the operations
 * @param logits the logits {@code [N, C]}, 0 in rows that do not count
 * @param labels the classes, INT32 {@code [N]}, −1 in rows that do not count
 * @param target the target with the same classes
 */
public record ClassRows(Loss loss, Ops ops, Tensor logits, Tensor labels, Target target) {
  /**
   * Returns the rows of a batch.
   *
   * @param loss the loss
   * @param ops the operations
   * @param output the logits, {@code [N, C]} or {@code [T, B, C]} with N = T·B
   * @param target the target of the N rows
   * @return the rows with their classes
   * @throws InvalidArgumentException if the target does not have N classes
   */
  public static ClassRows of(Loss loss, Ops ops, Tensor output, Target target) {
    int classes = output.extent(-1);
    int rows = output.size() / classes;
    if (target.labels() == null || target.rows() != rows) {
      throw new InvalidArgumentException(
          "loss",
          target.labels() == null ? "numeric targets" : target.rows() + " labels",
          "labels of " + rows + " rows",
          "Use a loss and targets that fit the network");
    }
    Tensor logits = ops.reshape(output, rows, classes);
    if (target.answers() < rows) {
      int[] places = new int[rows];
      for (int row = 0; row < rows; row++) {
        places[row] = target.labels()[row] < 0 ? -1 : row;
      }
      logits = ops.gather(logits, uploaded(ops, places));
    }
    return new ClassRows(loss, ops, logits, uploaded(ops, target.labels()), target);
  }

  static Tensor uploaded(Ops ops, int[] indices) {
    Tensor tensor = ops.scope().create(DataType.INT32, Shape.of(indices.length));
    ops.backend().upload(indices, 0, tensor);
    return tensor;
  }

  /**
   * Returns the unweighted softmax cross-entropy −ln p of each row's class.
   *
   * @return {@code [N]}, exactly 0 in rows that do not count
   */
  public Tensor crossEntropy() {
    return ops.softmaxCrossEntropy(logits, labels, null, 0);
  }

  /**
   * Returns the weighted mean Σₙ w[yₙ]·termₙ / Σₙ w[yₙ] over the rows that count, with w given by
   * {@link Loss#weight}; 0 if the divisor is 0.
   *
   * @param terms the terms {@code [N]}; finite, also in rows that do not count
   * @return the loss of the batch
   */
  public BatchLoss mean(Tensor terms) {
    double[] weights = new double[target.rows()];
    double sum = 0;
    for (int row = 0; row < weights.length; row++) {
      int label = target.labels()[row];
      weights[row] = label < 0 ? 0 : loss.weight(label);
      sum += weights[row];
    }
    Tensor each = ops.scope().create(terms.dataType(), Shape.of(weights.length));
    ops.backend().upload(weights, 0, each);
    Tensor weighed = ops.sum(ops.multiply(ops.reshape(terms, weights.length), each));
    Tensor mean = ops.affine(sum > 0 ? 1 / sum : 0, weighed, 0);
    return new BatchLoss(mean, target.answers(), sum, logits, target);
  }
}
