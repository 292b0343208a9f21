package org.recur4j.backend.cuda.kernel;

import static org.recur4j.backend.cuda.kernel.KernelContext.requireFloat;
import static org.recur4j.backend.cuda.kernel.KernelName.ADD_PARTS;
import static org.recur4j.backend.cuda.kernel.KernelName.ARG_MAX;
import static org.recur4j.backend.cuda.kernel.KernelName.FOLD_NARROW;
import static org.recur4j.backend.cuda.kernel.KernelName.FOLD_WIDE;
import static org.recur4j.backend.cuda.kernel.KernelName.SUM_PARTS;

import org.recur4j.api.kernel.Reduction;
import org.recur4j.api.kernel.Reductions;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.cuda.driver.LaunchQueue;
import org.recur4j.backend.cuda.driver.MergedAxes;

/** Reductions. The number of partial sums depends only on shapes. */
interface CudaReductions extends Reductions {
  int ELEMENTS_PER_PART = 2048;
  int THREADS = 256;
  int COLUMNS = 32;
  int NARROW_THREADS = 128;
  int ROW_THREADS = 64;

  /** Returns the context shared by all kernel families. */
  KernelContext context();

  @Override
  default void reduce(Reduction reduction, Tensor x, int axis, Tensor y) {
    requireFloat("reduce", x);
    int n = x.extent(axis);
    int inner = x.shape().inner(axis);
    KernelContext context = context();
    LaunchQueue queue = context.queue;
    synchronized (queue) {
      context.axes.clear();
      context.axes.add(inner, 1, 0);
      context.axes.add(x.shape().outer(axis), n * inner, 0);
      context.folded.clear();
      context.folded.add(n, inner, 0);
      fold(reduction, x, 0, y, n);
    }
  }

  @Override
  default void sumTo(Tensor x, double beta, Tensor y) {
    requireFloat("sumTo", x);
    Shape full = x.shape();
    int stride = 1;
    KernelContext context = context();
    LaunchQueue queue = context.queue;
    synchronized (queue) {
      context.axes.clear();
      context.folded.clear();
      for (int axis = full.rank() - 1; axis >= 0; axis--) {
        int extent = full.extent(axis);
        boolean stays = MergedAxes.own(y.shape(), full, axis) == extent;
        (stays ? context.axes : context.folded).add(extent, stride, 0);
        stride *= extent;
      }
      fold(Reduction.SUM, x, beta, y, x.size() / y.size());
    }
  }

  private void fold(Reduction reduction, Tensor x, double beta, Tensor y, int count) {
    KernelContext context = context();
    LaunchQueue queue = context.queue;
    boolean wide = (context.axes.isDense() && y.size() >= COLUMNS / 4) || count < COLUMNS;
    context.begin(wide ? FOLD_WIDE : FOLD_NARROW).tensor(x).tensor(y);
    queue.integer(KernelCodes.of(reduction)).number(beta).integer(y.size()).integer(count);
    queue.integer(context.axes.rank()).integer(context.folded.rank());
    context.axes.writeExtents(queue);
    context.axes.writeFirst(queue);
    context.folded.writeExtents(queue);
    context.folded.writeFirst(queue);
    if (wide) {
      queue.run((y.size() - 1) / COLUMNS + 1, 1, 1, THREADS);
    } else {
      queue.run(y.size(), 1, 1, NARROW_THREADS);
    }
  }

  @Override
  default void argMax(Tensor x, Tensor y) {
    requireFloat("argMax", x);
    int n = x.extent(-1);
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context().begin(ARG_MAX).tensor(x).tensor(y).integer(n).run(x.size() / n, 1, 1, ROW_THREADS);
    }
  }

  @Override
  default void addSquaredSum(Tensor x, Tensor total) {
    requireFloat("addSquaredSum", x);
    sum(x, false, total);
  }

  @Override
  default void addNonFiniteCount(Tensor x, Tensor total) {
    requireFloat("addNonFiniteCount", x);
    sum(x, true, total);
  }

  private void sum(Tensor x, boolean nonFinite, Tensor total) {
    int count = Math.min((x.size() - 1) / ELEMENTS_PER_PART + 1, KernelContext.MOST_PARTS);
    KernelContext context = context();
    LaunchQueue queue = context.queue;
    synchronized (queue) {
      context.begin(SUM_PARTS).tensor(x).address(context.parts.address()).flag(nonFinite);
      queue.integer(x.size()).run(count, 1, 1, THREADS);
      context.begin(ADD_PARTS).address(context.parts.address()).tensor(total).integer(count);
      queue.run(1, 1, 1, THREADS);
    }
  }
}
