package org.recur4j.conformance;

import java.util.Arrays;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.reference.AllowedError;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/** C = α · op(A) · op(B) + β · C, single and batched. */
final class GemmChecks extends KernelChecks {
  /** m, n, k: single elements, vectors, odd edges, and more than one tile or thread takes. */
  private static final List<int[]> SHAPES =
      List.of(
          new int[] {1, 1, 1},
          new int[] {1, 7, 3},
          new int[] {5, 1, 13},
          new int[] {17, 33, 9},
          new int[] {66, 71, 83},
          // Each extent beyond a block of 512 or 1,024: a plan multiplies all T·B rows at once.
          new int[] {1029, 3, 5},
          new int[] {3, 1029, 5},
          new int[] {3, 5, 1029});

  /** m, n, k of an entry. */
  private static final List<int[]> ENTRIES = List.of(new int[] {4, 5, 7}, new int[] {3, 2, 1029});

  /** α and β; no binary type holds the last pair exactly. */
  private static final double[][] FACTORS = {{1, 0}, {-0.5, 1}, {0.7, 0.3}};

  GemmChecks(Backend backend) {
    super(backend);
    for (boolean transposeA : new boolean[] {false, true}) {
      for (boolean transposeB : new boolean[] {false, true}) {
        String form = (transposeA ? "Aᵀ" : "A") + (transposeB ? "Bᵀ" : "B");
        for (int[] s : SHAPES) {
          add(
              "gemm " + form + " m n k " + text(s),
              (bench, type) -> single(bench, type, transposeA, transposeB, s));
        }
        add(
            "gemm and batchedGemm " + form + " of zeros and what is not finite",
            (bench, type) -> notFinite(bench, type, transposeA, transposeB));
        for (int batch : new int[] {1, 3}) {
          add(
              "batchedGemm " + form + " N=" + batch,
              (bench, type) -> {
                for (int[] s : ENTRIES) {
                  batched(bench, type, transposeA, transposeB, batch, s);
                }
              });
        }
      }
    }
  }

  private void single(Bench bench, DataType type, boolean ta, boolean tb, int... s) {
    int m = s[0];
    int n = s[1];
    int k = s[2];
    double[] a = numbers("a", m * k);
    double[] b = numbers("b", k * n);
    Tensor left = bench.input("A", type, a, ta ? k : m, ta ? m : k);
    Tensor right = bench.input("B", type, b, tb ? n : k, tb ? k : n);
    for (double[] factors : FACTORS) {
      double[] c = before(m * n, factors[1]);
      Tensor target = bench.changing("C", type, c, m, n);
      kernels.gemm(ta, tb, factors[0], left, right, factors[1], target);
      near(bench, what(factors), target, product(ta, tb, factors, a, b, c, s));
    }
  }

  private void batched(Bench bench, DataType type, boolean ta, boolean tb, int batch, int... s) {
    int m = s[0];
    int n = s[1];
    int k = s[2];
    double[] a = numbers("a", batch * m * k);
    double[] b = numbers("b", batch * k * n);
    Tensor left = bench.input("A", type, a, batch, ta ? k : m, ta ? m : k);
    Tensor right = bench.input("B", type, b, batch, tb ? n : k, tb ? k : n);
    for (double[] factors : FACTORS) {
      double[] c = before(batch * m * n, factors[1]);
      Tensor target = bench.changing("C", type, c, batch, m, n);
      double[] want = new double[c.length];
      for (int i = 0; i < batch; i++) {
        double[] one =
            product(
                ta,
                tb,
                factors,
                Arrays.copyOfRange(a, i * m * k, (i + 1) * m * k),
                Arrays.copyOfRange(b, i * k * n, (i + 1) * k * n),
                Arrays.copyOfRange(c, i * m * n, (i + 1) * m * n),
                s);
        System.arraycopy(one, 0, want, i * m * n, m * n);
      }
      kernels.batchedGemm(ta, tb, factors[0], left, right, factors[1], target);
      near(bench, what(factors), target, want);
    }
  }

  /** 0 · NaN and 0 · ∞ are NaN: a product that leaves out the zeros of an operand hides them. */
  private void notFinite(Bench bench, DataType type, boolean ta, boolean tb) {
    int m = 5;
    int n = 7;
    int k = 19;
    for (boolean inA : new boolean[] {true, false}) {
      double[] a = inA ? numbers("a", m * k) : new double[m * k];
      double[] b = inA ? new double[k * n] : numbers("b", k * n);
      double[] bad = inA ? a : b;
      bad[bad.length / 3] = Double.NaN;
      bad[bad.length - 1] = Double.POSITIVE_INFINITY;
      Tensor left = bench.input("A", type, a, ta ? k : m, ta ? m : k);
      Tensor right = bench.input("B", type, b, tb ? n : k, tb ? k : n);
      double[] plain = {1, 0};
      double[] want = product(ta, tb, plain, a, b, new double[m * n], m, n, k);
      String which = " of " + (inA ? "A not finite, B zero" : "A zero, B not finite");
      Tensor c = bench.output("C", type, m, n);
      kernels.gemm(ta, tb, 1, left, right, 0, c);
      check(bench, "gemm C" + which, c, want);
      Tensor entry = bench.output("C", type, 1, m, n);
      kernels.batchedGemm(ta, tb, 1, entry(left), entry(right), 0, entry);
      check(bench, "batchedGemm C" + which, entry, want);
    }
  }

  private static Tensor entry(Tensor matrix) {
    return matrix.reshape(Shape.of(1, matrix.extent(0), matrix.extent(1)));
  }

  private static void check(Bench bench, String what, Tensor got, double[] want) {
    double tolerance = AllowedError.forward(got.dataType());
    Advice advice = difference -> "0 · NaN and 0 · ∞ are NaN: leave no zero of an operand out";
    Comparison.check(what, bench.read(got), want, tolerance, advice, got.shape().toArray());
  }

  private static String what(double... factors) {
    return "C with α=" + factors[0] + " β=" + factors[1];
  }

  /** With β = 0 the destination starts as NaN, which must not be read. */
  private static double[] before(int count, double beta) {
    double[] c = numbers("c", count);
    if (beta == 0) {
      Arrays.fill(c, Double.NaN);
    }
    return c;
  }

  private static double[] product(
      boolean ta, boolean tb, double[] factors, double[] a, double[] b, double[] c, int... s) {
    int m = s[0];
    int n = s[1];
    int k = s[2];
    return Numbers.fill(
        m * n,
        i -> {
          double sum = 0;
          for (int j = 0; j < k; j++) {
            double left = ta ? a[j * m + i / n] : a[i / n * k + j];
            double right = tb ? b[i % n * k + j] : b[j * n + i % n];
            sum += left * right;
          }
          return factors[0] * sum + (factors[1] == 0 ? 0 : factors[1] * c[i]);
        });
  }
}
