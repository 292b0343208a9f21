package org.recur4j.conformance;

import java.util.Arrays;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.kernel.Reduction;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;

/** Folds, ties and sums back to a broadcast shape. */
final class ReductionChecks extends KernelChecks {
  private static final int[] X = {4, 17, 3};
  private static final int[][] TARGETS = {{4, 17, 3}, {17, 3}, {4, 1, 3}, {3}, {1, 17, 1}, {}};

  ReductionChecks(Backend backend) {
    super(backend);
    for (Reduction reduction : Reduction.values()) {
      for (int axis = 0; axis < X.length; axis++) {
        int along = axis;
        add(
            "reduce " + reduction + " axis " + axis,
            (bench, type) -> reduce(bench, type, reduction, along));
      }
    }
    add("reduce MAXIMUM of NaN", this::maximumOfNan);
    add("reduce MAXIMUM of −∞ and the lowest numbers", this::maximumOfLow);
    add("argMax with ties and NaN", this::argMax);
    for (int[] target : TARGETS) {
      for (double beta : new double[] {0, 1, 0.3}) {
        add(
            "sumTo " + text(target) + " β=" + beta,
            (bench, type) -> sumTo(bench, type, beta, target));
      }
    }
    add("addSquaredSum", this::squaredSum);
    add("addNonFiniteCount", this::nonFinite);
  }

  private void reduce(Bench bench, DataType type, Reduction reduction, int axis) {
    double[] x = numbers("x", size(X));
    int n = X[axis];
    int inner = size(Arrays.copyOfRange(X, axis + 1, X.length));
    int[] shape = axis == 0 ? new int[] {X[1], X[2]} : new int[] {X[0], X[3 - axis]};
    Tensor y = bench.output("y", type, shape);
    kernels.reduce(reduction, bench.input("x", type, x, X), axis, y);
    double[] want =
        Numbers.fill(
            size(shape),
            i -> {
              double sum = 0;
              double largest = Double.NEGATIVE_INFINITY;
              for (int j = 0; j < n; j++) {
                double value = x[(i / inner * n + j) * inner + i % inner];
                sum += value;
                largest = Math.max(largest, value);
              }
              return switch (reduction) {
                case SUM -> sum;
                case MEAN -> sum / n;
                case MAXIMUM -> largest;
              };
            });
    near(bench, "y", y, want);
  }

  /** The fold must not begin at 0 or at the smallest finite number. */
  private void maximumOfLow(Bench bench, DataType type) {
    double low = Double.NEGATIVE_INFINITY;
    double[] x = {low, -3e38, low, low, low, -3e38, low, low};
    for (int axis = 0; axis < 2; axis++) {
      Tensor y = bench.output("y", type, axis == 0 ? 4 : 2);
      kernels.reduce(Reduction.MAXIMUM, bench.input("x", type, x, 2, 4), axis, y);
      double huge = type == DataType.FLOAT32 ? (float) -3e38 : -3e38;
      exact(
          bench,
          "y along " + axis,
          y,
          axis == 0 ? new double[] {low, huge, low, low} : new double[] {huge, huge});
    }
    Tensor all = bench.output("y of a row of −∞", type, 1);
    double[] row = Numbers.fill(37, i -> low);
    kernels.reduce(Reduction.MAXIMUM, bench.input("row", type, row, 1, 37), 1, all);
    exact(bench, "y of a row of −∞", all, low);
  }

  private void maximumOfNan(Bench bench, DataType type) {
    double[] x = {1, Double.NaN, 3, -4, -5, -6};
    for (int axis = 0; axis < 2; axis++) {
      Tensor y = bench.output("y", type, axis == 0 ? 3 : 2);
      kernels.reduce(Reduction.MAXIMUM, bench.input("x", type, x, 2, 3), axis, y);
      exact(
          bench,
          "y along " + axis,
          y,
          axis == 0 ? new double[] {1, Double.NaN, 3} : new double[] {Double.NaN, -4});
    }
  }

  private void argMax(Bench bench, DataType type) {
    double nan = Double.NaN;
    double low = Double.NEGATIVE_INFINITY;
    double[] x = {1, 3, 3, 2, 5, 5, 5, 5, 1, nan, 9, nan, low, low, low, low, -2, -1, -3, -1};
    Tensor y = bench.output("y", DataType.INT32, 5);
    kernels.argMax(bench.input("x", type, x, 5, 4), y);
    exact(bench, "y", y, 1, 0, 1, 0, 1);
    Tensor one = bench.output("one", DataType.INT32);
    kernels.argMax(bench.input("x", type, new double[] {1, 7, 7}, 3), one);
    exact(bench, "one", one, 1);
  }

  private void sumTo(Bench bench, DataType type, double beta, int... target) {
    double[] x = numbers("x", size(X));
    double[] y = numbers("y", size(target));
    double[] want = Numbers.fill(y.length, i -> beta * y[i]);
    for (int i = 0; i < x.length; i++) {
      want[broadcast(i, X, target)] += x[i];
    }
    if (beta == 0) {
      Arrays.fill(y, Double.NaN);
    }
    Tensor sum = bench.changing("y", type, y, target);
    kernels.sumTo(bench.input("x", type, x, X), beta, sum);
    near(bench, "y", sum, want);
  }

  private void squaredSum(Bench bench, DataType type) {
    for (int n : new int[] {1, 67, 5000, 70_001}) {
      double[] x = numbers("x" + n, n);
      Tensor total = bench.changing("total", type, new double[] {1.5}, 1);
      kernels.addSquaredSum(bench.input("x", type, x, n), total);
      double sum = 1.5;
      for (double value : x) {
        sum += value * value;
      }
      near(bench, "total of " + n, total, sum);
    }
    // 1 is lost beside 2²⁴ in single precision, and after 2²⁴ a sum in it stands still.
    double[] x = Numbers.fill(70_001, i -> i == 0 ? 4096 : 1);
    Tensor total = bench.changing("total", type, new double[1], 1);
    kernels.addSquaredSum(bench.input("x", type, x, x.length), total);
    near(bench, "total of 4096² and 70,000 ones", total, 4096 * 4096 + 70_000.0);
  }

  private void nonFinite(Bench bench, DataType type) {
    double[] x = numbers("x", 67);
    x[0] = Double.NaN;
    x[33] = Double.POSITIVE_INFINITY;
    x[66] = Double.NEGATIVE_INFINITY;
    Tensor total = bench.changing("total", type, new double[] {2}, 1);
    kernels.addNonFiniteCount(bench.input("x", type, x, 67), total);
    kernels.addNonFiniteCount(bench.input("finite", type, numbers("f", 9), 9), total);
    exact(bench, "total", total, 5);
  }
}
