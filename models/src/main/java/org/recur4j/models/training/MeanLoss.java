package org.recur4j.models.training;

import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * Cross-entropy of classes or squared error of values, averaged over the answers that count:
 * padding and unlabelled steps weigh nothing.
 */
final class MeanLoss {
  private MeanLoss() {}

  static Tensor of(Ops ops, Tensor output, TrainingBatch batch) {
    int outputs = output.extent(-1);
    int rows = output.size() / outputs;
    Tensor flat = ops.reshape(output, rows, outputs);
    double scale = 1.0 / Math.max(1, batch.counts());
    if (batch.labels() != null) {
      Tensor labels = ops.scope().create(DataType.INT32, Shape.of(rows));
      ops.backend().upload(batch.labels(), 0, labels);
      return ops.affine(scale, ops.sum(ops.softmaxCrossEntropy(flat, labels, null, 0)), 0);
    }
    Tensor wanted = ops.scope().create(output.dataType(), Shape.of(rows, outputs));
    ops.backend().upload(batch.values(), 0, wanted);
    Tensor weights = ops.scope().create(output.dataType(), Shape.of(rows, 1));
    ops.backend().upload(batch.weights(), 0, weights);
    Tensor difference = ops.multiply(ops.subtract(flat, wanted), weights);
    return ops.affine(scale / outputs, ops.sum(ops.multiply(difference, difference)), 0);
  }
}
