package org.recur4j.models.training.loss;

import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.data.Target;

/** The softmax cross-entropy of a batch. */
final class ClassLoss {
  private ClassLoss() {}

  static BatchLoss of(Loss.SoftmaxCrossEntropy loss, Ops ops, Tensor output, Target target) {
    int classes = output.extent(-1);
    int rows = output.size() / classes;
    if (target.labels() == null || target.rows() != rows) {
      throw refuse(
          target.labels() == null ? "numeric targets" : target.rows() + " labels",
          "labels of " + rows + " rows");
    }
    Tensor logits = output.reshape(Shape.of(rows, classes));
    Tensor labels = ClassRows.uploaded(ops, target.labels());
    int answers = target.answers();
    double weight = answers;
    Tensor weights = null;
    double smoothing = loss.labelSmoothing();
    boolean weighed = !loss.classWeights().isEmpty();
    if (weighed) {
      double[] each = weights(loss.classWeights(), classes, target.labels());
      weights = ops.scope().create(output.dataType(), Shape.of(rows));
      ops.backend().upload(each, 0, weights);
      weight = sum(each);
    }
    double scale = weight > 0 ? 1 / weight : 0;
    Tensor mean;
    if (weighed && smoothing > 0) {
      // The kernel smooths uniformly, so the label's share and the smoothed share are computed
      // separately.
      Tensor certain =
          ops.call(new MeanCrossEntropy(0, (1 - smoothing) * scale), output, labels, weights);
      Tensor spread = spread(loss.classWeights(), ops, output, target, smoothing / classes * scale);
      mean = ops.add(certain, spread);
    } else {
      mean = ops.call(new MeanCrossEntropy(smoothing, scale), output, labels, weights);
    }
    return new BatchLoss(mean, answers, weight, logits, target);
  }

  /**
   * Computes scale · Σₙ Σ_c w_c·(−ln pₙ[c]). With k the class of the largest weight and W the sum
   * of all weights, the inner sum is W·(−ln pₙ[k]) + Σ_c w_c·(xₙ[k] − xₙ[c]): the cross-entropy of
   * one class and a term that is linear in the logits x.
   */
  private static Tensor spread(
      List<Double> ofClass, Ops ops, Tensor output, Target target, double scale) {
    int classes = ofClass.size();
    int rows = target.rows();
    int heaviest = 0;
    double whole = 0;
    for (int c = 0; c < classes; c++) {
      heaviest = ofClass.get(c) > ofClass.get(heaviest) ? c : heaviest;
      whole += ofClass.get(c);
    }
    double[] linear = new double[classes];
    for (int c = 0; c < classes; c++) {
      linear[c] = (c == heaviest ? whole : 0) - ofClass.get(c);
    }
    int[] one = new int[rows];
    int[] counted = new int[rows];
    for (int row = 0; row < rows; row++) {
      boolean counts = target.labels()[row] >= 0;
      one[row] = counts ? heaviest : -1;
      counted[row] = counts ? row : -1;
    }
    Tensor ofHeaviest =
        ops.call(
            new MeanCrossEntropy(0, whole * scale),
            output,
            ClassRows.uploaded(ops, one),
            (Tensor) null);
    Tensor factors = ops.scope().create(output.dataType(), Shape.of(1, classes));
    ops.backend().upload(linear, 0, factors);
    // Rows that do not count are not read, because padding may contain any value.
    Tensor read = ops.gather(ops.reshape(output, rows, classes), ClassRows.uploaded(ops, counted));
    return ops.add(ofHeaviest, ops.affine(scale, ops.sum(ops.multiply(read, factors)), 0));
  }

  private static double[] weights(List<Double> ofClass, int classes, int[] labels) {
    if (ofClass.size() != classes) {
      throw refuse(ofClass.size() + " class weights", "one for each of the " + classes);
    }
    double[] weights = new double[labels.length];
    for (int row = 0; row < labels.length; row++) {
      weights[row] = labels[row] < 0 ? 0 : ofClass.get(labels[row]);
    }
    return weights;
  }

  private static double sum(double[] numbers) {
    double sum = 0;
    for (double number : numbers) {
      sum += number;
    }
    return sum;
  }

  private static InvalidArgumentException refuse(String got, String expected) {
    return new InvalidArgumentException(
        "softmax cross-entropy", got, expected, "Use a loss and targets that fit the network");
  }
}
