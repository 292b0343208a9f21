package org.recur4j.api.spi;

import java.util.Arrays;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.kernel.Binary;
import org.recur4j.api.kernel.Elementwise;
import org.recur4j.api.kernel.Products;
import org.recur4j.api.kernel.Reduction;
import org.recur4j.api.kernel.Reductions;
import org.recur4j.api.kernel.Unary;
import org.recur4j.api.tensor.Tensor;

/**
 * FLOAT64 products, elementwise kernels and reductions for a backend whose tensors are Java arrays.
 * Double precision serves gradient checks and comparisons, so these are plain loops over the
 * definitions: one thread, functions of {@link Math}, sums in ascending order. A backend delegates
 * FLOAT64 calls to this class and optimizes only FLOAT32; kernels that move elements remain its
 * own. Thread-safe; allocates nothing.
 */
public final class DoubleArithmetic implements Products, Elementwise, Reductions {
  private final JavaArrays arrays;
  private final ScratchPool<BroadcastRuns> pool = new ScratchPool<>(BroadcastRuns::new);

  /**
   * Creates kernels over a backend's arrays.
   *
   * @param arrays the arrays of the backend
   */
  public DoubleArithmetic(JavaArrays arrays) {
    this.arrays = arrays;
  }

  @Override
  public void gemm(
      boolean transposeA,
      boolean transposeB,
      double alpha,
      Tensor a,
      Tensor b,
      double beta,
      Tensor c) {
    product(transposeA, transposeB, alpha, a, b, beta, c, 0);
  }

  @Override
  public void batchedGemm(
      boolean transposeA,
      boolean transposeB,
      double alpha,
      Tensor a,
      Tensor b,
      double beta,
      Tensor c) {
    for (int entry = 0; entry < c.extent(0); entry++) {
      product(transposeA, transposeB, alpha, a, b, beta, c, entry);
    }
  }

  /**
   * Computes C_ij = β C_ij, then += (α A_ip) B_pj for ascending p, with i and j in the order that
   * suits B.
   */
  private void product(
      boolean transposeA,
      boolean transposeB,
      double alpha,
      Tensor a,
      Tensor b,
      double beta,
      Tensor c,
      int entry) {
    int m = c.extent(-2);
    int n = c.extent(-1);
    int k = a.extent(transposeA ? -2 : -1);
    double[] left = arrays.doubles(a);
    double[] right = arrays.doubles(b);
    double[] result = arrays.doubles(c);
    int fromB = b.offset() + entry * k * n;
    int stepA = transposeA ? m : 1;
    for (int i = 0; i < m; i++) {
      int row = c.offset() + (entry * m + i) * n;
      int fromA = a.offset() + entry * m * k + i * (transposeA ? 1 : k);
      scale(beta, result, row, n);
      if (transposeB) {
        for (int j = 0; j < n; j++) {
          double sum = result[row + j];
          for (int p = 0; p < k; p++) {
            sum += alpha * left[fromA + p * stepA] * right[fromB + j * k + p];
          }
          result[row + j] = sum;
        }
      } else {
        for (int p = 0; p < k; p++) {
          double factor = alpha * left[fromA + p * stepA];
          for (int j = 0; j < n; j++) {
            result[row + j] += factor * right[fromB + p * n + j];
          }
        }
      }
    }
  }

  /** Computes y = β y. β = 0 overwrites, so that a NaN in the old contents has no effect. */
  private static void scale(double beta, double[] y, int from, int n) {
    if (beta == 0) {
      Arrays.fill(y, from, from + n, 0.0);
    } else {
      for (int i = from; i < from + n; i++) {
        y[i] *= beta;
      }
    }
  }

  @Override
  public void fill(double value, Tensor y) {
    Arrays.fill(arrays.doubles(y), y.offset(), y.offset() + y.size(), value);
    y.markWritten();
  }

  @Override
  public void copy(Tensor x, Tensor y) {
    double[] source = arrays.doubles(x);
    double[] target = arrays.doubles(y);
    BroadcastRuns runs = pool.take();
    runs.plan(y.shape(), x.shape(), x.shape());
    int n = runs.length();
    for (int run = 0; run < runs.count(); run++) {
      int from = x.offset() + runs.firstOffset(run);
      for (int i = 0; i < n; i++) {
        target[y.offset() + run * n + i] = source[from + i * runs.firstStep()];
      }
    }
    pool.give(runs);
    y.markWritten();
  }

  @Override
  public void scaleAdd(double alpha, Tensor x, double beta, Tensor y) {
    scaleAdd(alpha, x, 0, beta, y, 0, y.size());
  }

  /**
   * Computes y = αx + βy over a range of each, as {@code insert} and {@code scatterAdd} need it.
   *
   * @param alpha α
   * @param x the source
   * @param from the first element of the source
   * @param beta β; if 0, the old contents are not read
   * @param y the destination
   * @param to the first element of the destination
   * @param n the number of elements
   */
  public void scaleAdd(double alpha, Tensor x, int from, double beta, Tensor y, int to, int n) {
    double[] source = arrays.doubles(x);
    double[] target = arrays.doubles(y);
    for (int i = 0; i < n; i++) {
      double added = alpha * source[x.offset() + from + i];
      int at = y.offset() + to + i;
      target[at] = beta == 0 ? added : added + beta * target[at];
    }
  }

  @Override
  public void affine(double alpha, double beta, Tensor x, Tensor y) {
    double[] source = arrays.doubles(x);
    double[] target = arrays.doubles(y);
    for (int i = 0; i < y.size(); i++) {
      target[y.offset() + i] = alpha * source[x.offset() + i] + beta;
    }
  }

  @Override
  public void unary(Unary function, Tensor x, Tensor y) {
    double[] source = arrays.doubles(x);
    double[] target = arrays.doubles(y);
    for (int i = 0; i < y.size(); i++) {
      target[y.offset() + i] = apply(function, source[x.offset() + i]);
    }
  }

  private static double apply(Unary function, double x) {
    return switch (function) {
      case NEGATE -> -x;
      case ABSOLUTE -> Math.abs(x);
      case SIGN -> Math.signum(x);
      case EXPONENTIAL -> Math.exp(x);
      case LOGARITHM -> Math.log(x);
      case SQUARE_ROOT -> Math.sqrt(x);
      case SQUARE -> x * x;
      case RECIPROCAL -> 1 / x;
    };
  }

  @Override
  public void binary(Binary function, Tensor a, Tensor b, Tensor y) {
    double[] left = arrays.doubles(a);
    double[] right = arrays.doubles(b);
    double[] target = arrays.doubles(y);
    BroadcastRuns runs = pool.take();
    runs.plan(y.shape(), a.shape(), b.shape());
    int n = runs.length();
    for (int run = 0; run < runs.count(); run++) {
      int fromA = a.offset() + runs.firstOffset(run);
      int fromB = b.offset() + runs.secondOffset(run);
      for (int i = 0; i < n; i++) {
        target[y.offset() + run * n + i] =
            apply(
                function, left[fromA + i * runs.firstStep()], right[fromB + i * runs.secondStep()]);
      }
    }
    pool.give(runs);
  }

  private static double apply(Binary function, double a, double b) {
    return switch (function) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case MAXIMUM -> Math.max(a, b);
      case MINIMUM -> Math.min(a, b);
      case GREATER_OR_EQUAL -> a >= b ? 1 : 0;
    };
  }

  @Override
  public void addProduct(Tensor a, Tensor b, Tensor y) {
    double[] left = arrays.doubles(a);
    double[] right = arrays.doubles(b);
    double[] target = arrays.doubles(y);
    for (int i = 0; i < y.size(); i++) {
      target[y.offset() + i] += left[a.offset() + i] * right[b.offset() + i];
    }
  }

  @Override
  public void activation(Activation function, Tensor x, Tensor y) {
    double[] source = arrays.doubles(x);
    double[] target = arrays.doubles(y);
    for (int i = 0; i < y.size(); i++) {
      target[y.offset() + i] = function.apply(source[x.offset() + i]);
    }
  }

  @Override
  public void activationGradient(Activation function, Tensor y, Tensor dy, Tensor dx) {
    double[] output = arrays.doubles(y);
    double[] source = arrays.doubles(dy);
    double[] target = arrays.doubles(dx);
    for (int i = 0; i < y.size(); i++) {
      double slope = function.derivativeFromOutput(output[y.offset() + i]);
      target[dx.offset() + i] = source[dy.offset() + i] * slope;
    }
  }

  @Override
  public void reduce(Reduction reduction, Tensor x, int axis, Tensor y) {
    double[] source = arrays.doubles(x);
    double[] target = arrays.doubles(y);
    int inner = x.shape().inner(axis);
    int n = x.extent(axis);
    for (int i = 0; i < y.size(); i++) {
      int first = x.offset() + i / inner * n * inner + i % inner;
      double sum = 0;
      double largest = source[first];
      for (int j = 0; j < n; j++) {
        sum += source[first + j * inner];
        largest = Math.max(largest, source[first + j * inner]);
      }
      target[y.offset() + i] =
          switch (reduction) {
            case SUM -> sum;
            case MEAN -> sum / n;
            case MAXIMUM -> largest;
          };
    }
  }

  @Override
  public void argMax(Tensor x, Tensor y) {
    double[] source = arrays.doubles(x);
    int[] target = arrays.integers(y);
    int n = x.extent(-1);
    for (int row = 0; row < y.size(); row++) {
      int first = x.offset() + row * n;
      int best = 0;
      for (int j = 1; j < n && !Double.isNaN(source[first + best]); j++) {
        double value = source[first + j];
        best = value > source[first + best] || Double.isNaN(value) ? j : best;
      }
      target[y.offset() + row] = best;
    }
  }

  @Override
  public void sumTo(Tensor x, double beta, Tensor y) {
    double[] source = arrays.doubles(x);
    double[] target = arrays.doubles(y);
    scale(beta, target, y.offset(), y.size());
    BroadcastRuns runs = pool.take();
    runs.plan(x.shape(), y.shape(), y.shape());
    int n = runs.length();
    for (int run = 0; run < runs.count(); run++) {
      int from = x.offset() + run * n;
      int to = y.offset() + runs.firstOffset(run);
      if (runs.firstStep() == 1) {
        for (int i = 0; i < n; i++) {
          target[to + i] += source[from + i];
        }
      } else {
        double sum = 0;
        for (int i = 0; i < n; i++) {
          sum += source[from + i];
        }
        target[to] += sum;
      }
    }
    pool.give(runs);
  }

  @Override
  public void addSquaredSum(Tensor x, Tensor total) {
    double[] source = arrays.doubles(x);
    double sum = 0;
    for (int i = 0; i < x.size(); i++) {
      sum += source[x.offset() + i] * source[x.offset() + i];
    }
    arrays.doubles(total)[total.offset()] += sum;
  }

  @Override
  public void addNonFiniteCount(Tensor x, Tensor total) {
    double[] source = arrays.doubles(x);
    int count = 0;
    for (int i = 0; i < x.size(); i++) {
      count += Double.isFinite(source[x.offset() + i]) ? 0 : 1;
    }
    arrays.doubles(total)[total.offset()] += count;
  }
}
