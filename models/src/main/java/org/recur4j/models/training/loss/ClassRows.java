package org.recur4j.models.training.loss;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.data.Target;

/**
 * An output's rows beside their classes, for a loss of classes. Rows that do not count are replaced
 * by zeros without being read, so that nothing that stands in padding reaches the loss.
 *
 * @param loss what the rows are measured by; says how much a class weighs
 * @param ops the mathematics
 * @param logits {@code [N, C]}, 0 in rows that do not count
 * @param labels INT32 {@code [N]}, −1 in rows that do not count
 * @param target the same classes
 */
public record ClassRows(Loss loss, Ops ops, Tensor logits, Tensor labels, Target target) {
  /**
   * The rows of a batch.
   *
   * @param loss what they are measured by
   * @param ops the mathematics
   * @param output logits, {@code [N, C]} or {@code [T, B, C]} with N = T·B
   * @param target of the N rows
   * @return the two together
   * @throws InvalidArgumentException if the target has no classes, or not N
   */
  public static ClassRows of(Loss loss, Ops ops, Tensor output, Target target) {
    int classes = output.extent(-1);
    int rows = output.size() / classes;
    if (target.labels() == null || target.rows() != rows) {
      throw new InvalidArgumentException(
          "loss",
          target.labels() == null ? "numbers as targets" : target.rows() + " labels",
          "labels of " + rows + " rows",
          "Make loss, targets and network agree");
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
   * −ln p of each row's class, p by softmax, not weighed.
   *
   * @return {@code [N]}, exactly 0 in rows that do not count
   */
  public Tensor crossEntropy() {
    return ops.softmaxCrossEntropy(logits, labels, null, 0);
  }

  /**
   * The weighed mean Σₙ w[yₙ]·termₙ / Σₙ w[yₙ] over the rows that count, w by {@link Loss#weight};
   * 0 where the divisor is.
   *
   * @param terms {@code [N]}; finite, also in rows that do not count
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
