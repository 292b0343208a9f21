package org.recur4j.backend.ejml.kernel;

import static org.recur4j.backend.ejml.array.HeapStorage.fill;
import static org.recur4j.backend.ejml.array.HeapStorage.floats;
import static org.recur4j.backend.ejml.array.HeapStorage.ints;
import static org.recur4j.backend.ejml.array.HeapStorage.isSingle;

import org.recur4j.api.kernel.Reduction;
import org.recur4j.api.kernel.Reductions;
import org.recur4j.api.spi.BroadcastRuns;
import org.recur4j.api.tensor.Tensor;

/** Reductions, each in an order that depends only on the shapes. */
interface EjmlReductions extends Reductions, KernelFamily {
  @Override
  default void reduce(Reduction reduction, Tensor x, int axis, Tensor y) {
    if (!isSingle("reduce", x)) {
      context().doubles.reduce(reduction, x, axis, y);
      return;
    }
    int outer = x.shape().outer(axis);
    int inner = x.shape().inner(axis);
    int n = x.extent(axis);
    for (int o = 0; o < outer; o++) {
      int from = x.offset() + o * n * inner;
      int to = y.offset() + o * inner;
      FloatFolds.fold(reduction, floats(x), from, n, inner, floats(y), to);
    }
  }

  @Override
  default void argMax(Tensor x, Tensor y) {
    if (!isSingle("argMax", x)) {
      context().doubles.argMax(x, y);
      return;
    }
    int n = x.extent(-1);
    int[] target = ints(y);
    for (int o = 0; o < x.size() / n; o++) {
      int from = x.offset() + o * n;
      target[y.offset() + o] = FloatFolds.argMax(floats(x), from, n);
    }
  }

  @Override
  default void sumTo(Tensor x, double beta, Tensor y) {
    if (!isSingle("sumTo", y)) {
      context().doubles.sumTo(x, beta, y);
      return;
    }
    KernelScratch scratch = context().scratch.take();
    if (beta == 0) {
      fill(0, y, y.offset(), y.size());
    } else if (beta != 1) {
      float factor = (float) beta;
      scratch.floatRuns.affine(factor, 0f, floats(y), y.offset(), floats(y), y.offset(), y.size());
    }
    BroadcastRuns runs = scratch.broadcast;
    runs.plan(x.shape(), y.shape(), y.shape());
    int n = runs.length();
    if (runs.firstStep() == 1 && y.size() == n) {
      scratch.floatRuns.addRows(floats(x), x.offset(), runs.count(), floats(y), y.offset(), n);
      context().scratch.give(scratch);
      return;
    }
    for (int run = 0; run < runs.count(); run++) {
      int from = x.offset() + run * n;
      int to = y.offset() + runs.firstOffset(run);
      if (runs.firstStep() == 1) {
        scratch.floatRuns.scaleAdd(1f, floats(x), from, 1f, floats(y), to, n);
      } else {
        floats(y)[to] += (float) FloatFolds.sum(floats(x), from, n, 1);
      }
    }
    context().scratch.give(scratch);
  }

  @Override
  default void addSquaredSum(Tensor x, Tensor total) {
    if (isSingle("addSquaredSum", x)) {
      add(FloatFolds.squaredSum(floats(x), x.offset(), x.size()), total);
    } else {
      context().doubles.addSquaredSum(x, total);
    }
  }

  @Override
  default void addNonFiniteCount(Tensor x, Tensor total) {
    if (isSingle("addNonFiniteCount", x)) {
      add(FloatFolds.nonFiniteCount(floats(x), x.offset(), x.size()), total);
    } else {
      context().doubles.addNonFiniteCount(x, total);
    }
  }

  private static void add(double value, Tensor total) {
    floats(total)[total.offset()] = (float) (floats(total)[total.offset()] + value);
  }
}
