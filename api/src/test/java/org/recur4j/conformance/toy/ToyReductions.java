package org.recur4j.conformance.toy;

import static org.recur4j.conformance.toy.Block.add;
import static org.recur4j.conformance.toy.Block.broadcast;
import static org.recur4j.conformance.toy.Block.get;
import static org.recur4j.conformance.toy.Block.scaled;
import static org.recur4j.conformance.toy.Block.set;

import org.recur4j.api.kernel.Reduction;
import org.recur4j.api.kernel.Reductions;
import org.recur4j.api.tensor.Tensor;

/** Folds, first element to last. */
interface ToyReductions extends Reductions {
  @Override
  default void reduce(Reduction reduction, Tensor x, int axis, Tensor y) {
    int inner = x.shape().inner(axis);
    int count = x.extent(axis);
    for (int i = 0; i < y.size(); i++) {
      int first = i / inner * count * inner + i % inner;
      double sum = 0;
      double maximum = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < count; k++) {
        double value = get(x, first + k * inner);
        sum += value;
        maximum = Math.max(maximum, value);
      }
      set(
          y,
          i,
          switch (reduction) {
            case SUM -> sum;
            case MEAN -> sum / count;
            case MAXIMUM -> maximum;
          });
    }
  }

  @Override
  default void argMax(Tensor x, Tensor y) {
    int count = x.extent(-1);
    for (int row = 0; row < y.size(); row++) {
      int best = 0;
      for (int k = 1; k < count; k++) {
        // NaN stands above everything and never satisfies >.
        double value = get(x, row * count + k);
        double largest = get(x, row * count + best);
        if (value > largest || (Double.isNaN(value) && !Double.isNaN(largest))) {
          best = k;
        }
      }
      set(y, row, best);
    }
  }

  @Override
  default void sumTo(Tensor x, double beta, Tensor y) {
    for (int i = 0; i < y.size(); i++) {
      set(y, i, scaled(beta, y, i));
    }
    for (int i = 0; i < x.size(); i++) {
      add(y, broadcast(i, x.shape(), y.shape()), get(x, i));
    }
  }

  @Override
  default void addSquaredSum(Tensor x, Tensor total) {
    double sum = 0;
    for (int i = 0; i < x.size(); i++) {
      sum += get(x, i) * get(x, i);
    }
    add(total, 0, sum);
  }

  @Override
  default void addNonFiniteCount(Tensor x, Tensor total) {
    int count = 0;
    for (int i = 0; i < x.size(); i++) {
      count += Double.isFinite(get(x, i)) ? 0 : 1;
    }
    add(total, 0, count);
  }
}
