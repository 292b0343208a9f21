package org.recur4j.models.training;

import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/** Softmax cross-entropy of a batch. */
final class ClassLoss {
  private ClassLoss() {}

  static BatchLoss of(Loss.SoftmaxCrossEntropy loss, Ops ops, Tensor output, Target target) {
    int classes = output.extent(-1);
    int rows = output.size() / classes;
    if (target.labels() == null || target.rows() != rows) {
      throw refuse(
          target.labels() == null ? "numbers as targets" : target.rows() + " labels",
          "labels of " + rows + " rows");
    }
    Tensor logits = output.reshape(Shape.of(rows, classes));
    Tensor labels = ops.scope().create(DataType.INT32, Shape.of(rows));
    ops.backend().upload(target.labels(), 0, labels);
    int answers = target.answers();
    double weight = answers;
    Tensor weights = null;
    if (!loss.classWeights().isEmpty()) {
      double[] each = weights(loss.classWeights(), classes, target.labels());
      weights = ops.scope().create(output.dataType(), Shape.of(rows));
      ops.backend().upload(each, 0, weights);
      weight = sum(each);
    }
    double scale = weight > 0 ? 1 / weight : 0;
    Tensor mean =
        ops.call(new MeanCrossEntropy(loss.labelSmoothing(), scale), output, labels, weights);
    return new BatchLoss(mean, answers, weight, logits, target.labels());
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
        "softmax cross-entropy", got, expected, "Make loss, targets and network agree");
  }
}
