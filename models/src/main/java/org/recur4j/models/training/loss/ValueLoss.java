package org.recur4j.models.training.loss;

import java.util.List;
import org.recur4j.api.kernel.Unary;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/** The terms of the losses of values. */
final class ValueLoss {
  private ValueLoss() {}

  static Tensor absolute(Ops ops, Tensor difference) {
    return ops.unary(Unary.ABSOLUTE, difference);
  }

  /** Computes the Huber loss; with m = min(|d|, δ) both branches are m·(|d| − m/2). */
  static Tensor huber(Ops ops, Tensor difference, double threshold) {
    Tensor distance = absolute(ops, difference);
    Tensor least = constant(ops, distance, -threshold);
    Tensor near = ops.affine(-1, ops.maximum(ops.affine(-1, distance, 0), least), 0);
    return ops.multiply(near, ops.subtract(distance, ops.affine(0.5, near, 0)));
  }

  /** Computes max(τd, (τ − 1)d) = τd + max(0, −d) for d = y − ŷ and all levels τ side by side. */
  static Tensor pinball(CountedRows rows, List<Double> levels) {
    Ops ops = rows.ops();
    int count = rows.predicted().extent(0);
    int targets = rows.wanted().extent(1);
    Tensor predicted = ops.reshape(rows.predicted(), count, targets, levels.size());
    Tensor wanted = ops.reshape(rows.wanted(), count, targets, 1);
    Tensor difference = ops.subtract(wanted, predicted);
    Tensor tau = constant(ops, predicted, levels.stream().mapToDouble(level -> level).toArray());
    return ops.add(ops.multiply(difference, tau), ops.relu(ops.affine(-1, difference, 0)));
  }

  private static Tensor constant(Ops ops, Tensor like, double... values) {
    Tensor constant = ops.scope().create(like.dataType(), Shape.of(values.length));
    ops.backend().upload(values, 0, constant);
    return constant;
  }
}
