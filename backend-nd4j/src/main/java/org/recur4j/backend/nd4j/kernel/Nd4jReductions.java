package org.recur4j.backend.nd4j.kernel;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.recur4j.api.kernel.Reduction;
import org.recur4j.api.kernel.Reductions;
import org.recur4j.api.spi.BroadcastRuns;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.nd4j.natives.NativeStorage;

/** Reductions in the order of the elements, with sums in double precision. */
interface Nd4jReductions extends Reductions {
  /** Returns the context shared by all kernel families. */
  KernelContext context();

  @Override
  default void reduce(Reduction reduction, Tensor x, int axis, Tensor y) {
    FloatBuffer source = NativeStorage.floats("reduce", x);
    FloatBuffer target = NativeStorage.floats("reduce", y);
    int inner = x.shape().inner(axis);
    int n = x.extent(axis);
    for (int o = 0; o < x.shape().outer(axis); o++) {
      for (int i = 0; i < inner; i++) {
        int from = x.offset() + o * n * inner + i;
        double folded = reduction == Reduction.MAXIMUM ? source.get(from) : 0;
        for (int j = 0; j < n; j++) {
          double value = source.get(from + j * inner);
          folded = reduction == Reduction.MAXIMUM ? Math.max(folded, value) : folded + value;
        }
        if (reduction == Reduction.MEAN) {
          folded /= n;
        }
        target.put(y.offset() + o * inner + i, (float) folded);
      }
    }
  }

  @Override
  default void argMax(Tensor x, Tensor y) {
    FloatBuffer source = NativeStorage.floats("argMax", x);
    int n = x.extent(-1);
    for (int o = 0; o < x.size() / n; o++) {
      int from = x.offset() + o * n;
      int best = 0;
      for (int j = 1; j < n && !Float.isNaN(source.get(from + best)); j++) {
        float value = source.get(from + j);
        // The negated comparison selects NaN.
        if (!(value <= source.get(from + best))) {
          best = j;
        }
      }
      NativeStorage.integers(y).put(y.offset() + o, best);
    }
  }

  @Override
  default void sumTo(Tensor x, double beta, Tensor y) {
    FloatBuffer source = NativeStorage.floats("sumTo", x);
    FloatBuffer target = NativeStorage.floats("sumTo", y);
    if (beta == 0) {
      KernelContext.fill(0, y, 0, y.size());
    } else if (beta != 1) {
      context().scaleAdd((float) beta, y, 0, 0f, y, 0, y.size());
    }
    Chunks scratch = context().chunks.take();
    BroadcastRuns runs = scratch.broadcast;
    runs.plan(x.shape(), y.shape(), y.shape());
    int n = runs.length();
    for (int run = 0; run < runs.count(); run++) {
      if (runs.firstStep() == 1) {
        context().scaleAdd(1f, x, run * n, 1f, y, runs.firstOffset(run), n);
      } else {
        double sum = 0;
        for (int j = 0; j < n; j++) {
          sum += source.get(x.offset() + run * n + j);
        }
        int to = y.offset() + runs.firstOffset(run);
        target.put(to, (float) (target.get(to) + sum));
      }
    }
    context().chunks.give(scratch);
  }

  @Override
  default void addSquaredSum(Tensor x, Tensor total) {
    FloatBuffer source = NativeStorage.floats("addSquaredSum", x);
    Chunks s = context().chunks.take();
    double sum = 0;
    for (int i = 0; i < x.size(); i += Chunks.SIZE) {
      int m = Math.min(Chunks.SIZE, x.size() - i);
      source.get(x.offset() + i, s.a, 0, m);
      // The rest of the last chunk has old values, and the sum below takes four elements at a time.
      Arrays.fill(s.a, m, (m + 3) / 4 * 4, 0f);
      sum += squaredSum(s.a, m);
    }
    context().chunks.give(s);
    add(sum, total);
  }

  /**
   * Returns the sum of four partial sums by position, combined in order, which is four times as
   * fast as one sum.
   */
  private static double squaredSum(float[] x, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    for (int j = 0; j < n; j += 4) {
      s0 += (double) x[j] * x[j];
      s1 += (double) x[j + 1] * x[j + 1];
      s2 += (double) x[j + 2] * x[j + 2];
      s3 += (double) x[j + 3] * x[j + 3];
    }
    return s0 + s1 + (s2 + s3);
  }

  @Override
  default void addNonFiniteCount(Tensor x, Tensor total) {
    FloatBuffer source = NativeStorage.floats("addNonFiniteCount", x);
    Chunks s = context().chunks.take();
    int count = 0;
    for (int i = 0; i < x.size(); i += Chunks.SIZE) {
      int m = Math.min(Chunks.SIZE, x.size() - i);
      source.get(x.offset() + i, s.a, 0, m);
      for (int j = 0; j < m; j++) {
        count += Float.isFinite(s.a[j]) ? 0 : 1;
      }
    }
    context().chunks.give(s);
    add(count, total);
  }

  private static void add(double value, Tensor total) {
    FloatBuffer target = NativeStorage.floats("total", total);
    target.put(total.offset(), (float) (target.get(total.offset()) + value));
  }
}
