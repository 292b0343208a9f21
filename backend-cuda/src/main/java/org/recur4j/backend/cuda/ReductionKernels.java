package org.recur4j.backend.cuda;

import org.recur4j.api.kernel.Reduction;
import org.recur4j.api.kernel.Reductions;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/** Folds. How many partial sums there are depends on shapes alone. */
abstract class ReductionKernels extends IndexingKernels implements Reductions {
  private static final int MOST_PARTS = 1024;
  private static final int ELEMENTS_PER_PART = 2048;
  private static final int THREADS = 256;
  private static final int COLUMNS = 32;
  private static final int NARROW_THREADS = 128;
  private static final int ROW_THREADS = 64;

  private final Kernel foldNarrow = module.kernel("fold_narrow");
  private final Kernel foldWide = module.kernel("fold_wide");
  private final Kernel argMax = module.kernel("arg_max");
  private final Kernel sumParts = module.kernel("sum_parts");
  private final Kernel addParts = module.kernel("add_parts");
  private final MergedAxes folded = new MergedAxes();
  private final DeviceBlocks blocks;
  private final DeviceAddress parts;

  ReductionKernels(Device device) {
    super(device);
    this.blocks = device.blocks();
    this.parts = blocks.reserve((long) MOST_PARTS * Double.BYTES, () -> {});
  }

  /** Frees the scratch. */
  void close() {
    blocks.free(parts);
  }

  @Override
  public final void reduce(Reduction reduction, Tensor x, int axis, Tensor y) {
    requireFloat("reduce", x);
    int n = x.extent(axis);
    int inner = x.shape().inner(axis);
    synchronized (queue) {
      axes.clear();
      axes.add(inner, 1, 0);
      axes.add(x.shape().outer(axis), n * inner, 0);
      folded.clear();
      folded.add(n, inner, 0);
      fold(reduction, x, 0, y, n);
    }
  }

  @Override
  public final void sumTo(Tensor x, double beta, Tensor y) {
    requireFloat("sumTo", x);
    Shape full = x.shape();
    int stride = 1;
    synchronized (queue) {
      axes.clear();
      folded.clear();
      for (int axis = full.rank() - 1; axis >= 0; axis--) {
        int extent = full.extent(axis);
        boolean stays = MergedAxes.own(y.shape(), full, axis) == extent;
        (stays ? axes : folded).add(extent, stride, 0);
        stride *= extent;
      }
      fold(Reduction.SUM, x, beta, y, x.size() / y.size());
    }
  }

  private void fold(Reduction reduction, Tensor x, double beta, Tensor y, int count) {
    boolean wide = (axes.isDense() && y.size() >= COLUMNS / 4) || count < COLUMNS;
    queue.begin(wide ? foldWide : foldNarrow).tensor(x).tensor(y);
    queue.integer(KernelCodes.of(reduction)).number(beta).integer(y.size()).integer(count);
    queue.integer(axes.rank()).integer(folded.rank());
    axes.writeExtents(queue);
    axes.writeFirst(queue);
    folded.writeExtents(queue);
    folded.writeFirst(queue);
    if (wide) {
      queue.run((y.size() - 1) / COLUMNS + 1, 1, 1, THREADS);
    } else {
      queue.run(y.size(), 1, 1, NARROW_THREADS);
    }
  }

  @Override
  public final void argMax(Tensor x, Tensor y) {
    requireFloat("argMax", x);
    int n = x.extent(-1);
    synchronized (queue) {
      queue.begin(argMax).tensor(x).tensor(y).integer(n).run(x.size() / n, 1, 1, ROW_THREADS);
    }
  }

  @Override
  public final void addSquaredSum(Tensor x, Tensor total) {
    requireFloat("addSquaredSum", x);
    sum(x, false, total);
  }

  @Override
  public final void addNonFiniteCount(Tensor x, Tensor total) {
    requireFloat("addNonFiniteCount", x);
    sum(x, true, total);
  }

  private void sum(Tensor x, boolean nonFinite, Tensor total) {
    int count = Math.min((x.size() - 1) / ELEMENTS_PER_PART + 1, MOST_PARTS);
    synchronized (queue) {
      queue.begin(sumParts).tensor(x).address(parts.address()).flag(nonFinite);
      queue.integer(x.size()).run(count, 1, 1, THREADS);
      queue.begin(addParts).address(parts.address()).tensor(total).integer(count);
      queue.run(1, 1, 1, THREADS);
    }
  }
}
