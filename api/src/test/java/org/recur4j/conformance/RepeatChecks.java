package org.recur4j.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.backend.BackendProvider;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.kernel.Reduction;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;

/**
 * Kernels that sum, on more than one thread takes: equal input gives equal bits, a second time, for
 * any number of threads, and while other threads call the same kernel.
 */
final class RepeatChecks {
  private static final DataType TYPE = DataType.FLOAT32;
  private static final int[] PRODUCT = {110, 120, 130};
  private static final int BATCH = 5;
  private static final int ROWS = 700;
  private static final int COLUMNS = 90;
  private static final int AT_ONCE = 3;

  /** On a busy machine threads that start together may still run one after the other. */
  private static final int ROUNDS = 4;

  private final BackendProvider provider;
  private final BackendOptions options;
  private final Backend backend;

  RepeatChecks(BackendProvider provider, BackendOptions options, Backend backend) {
    this.provider = provider;
    this.options = options;
    this.backend = backend;
  }

  /** Calls a kernel on numbers of a seed, and returns what it wrote. */
  private interface Call {
    Tensor on(Kernels kernels, Bench bench, long seed);
  }

  Stream<Check> all() {
    List<Check> checks = new ArrayList<>();
    add(checks, "gemm ABᵀ", (k, bench, seed) -> product(k, bench, seed, false, true));
    add(checks, "gemm AᵀB", (k, bench, seed) -> product(k, bench, seed, true, false));
    add(checks, "batchedGemm", RepeatChecks::batched);
    add(
        checks,
        "reduce SUM",
        (k, bench, seed) -> {
          Tensor y = bench.output("y", TYPE, COLUMNS);
          k.reduce(Reduction.SUM, matrix(bench, "x", seed), 0, y);
          return y;
        });
    add(
        checks,
        "sumTo",
        (k, bench, seed) -> {
          Tensor y = bench.changing("y", TYPE, new double[COLUMNS], COLUMNS);
          k.sumTo(matrix(bench, "x", seed), 1, y);
          return y;
        });
    add(
        checks,
        "addSquaredSum",
        (k, bench, seed) -> {
          Tensor total = bench.changing("total", TYPE, new double[1], 1);
          k.addSquaredSum(matrix(bench, "x", seed), total);
          return total;
        });
    add(
        checks,
        "softmax",
        (k, bench, seed) -> {
          Tensor y = bench.output("y", TYPE, ROWS, COLUMNS);
          k.softmax(matrix(bench, "x", seed), null, y);
          return y;
        });
    add(checks, "softmaxCrossEntropy", RepeatChecks::crossEntropy);
    add(checks, "scatterAdd", RepeatChecks::scatter);
    return checks.stream();
  }

  private void add(List<Check> checks, String name, Call call) {
    checks.add(new Check(name + " twice, and on 1, 2, 3 threads", () -> repeat(call)));
    checks.add(new Check(name + " from three threads at once", () -> together(call)));
  }

  private void repeat(Call call) {
    String hint =
        "Equal input, unequal bits: cut work into blocks by shape alone, combine partial sums in"
            + " block order, and let no two threads write one element";
    double[] first = result(backend, call, 0);
    Comparison.checkSame("a second run", result(backend, call, 0), first, hint);
    Comparison.checkSame("a third run", result(backend, call, 0), first, hint);
    for (int threads = 1; threads <= 3; threads++) {
      try (Backend other = provider.open(options.withThreads(threads))) {
        Comparison.checkSame(threads + " thread(s)", result(other, call, 0), first, hint);
      }
    }
  }

  private void together(Call call) throws Exception {
    List<double[]> want = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      want.add(result(backend, call, i));
    }
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    CyclicBarrier start = new CyclicBarrier(AT_ONCE);
    try {
      for (int round = 0; round < ROUNDS; round++) {
        List<Future<double[]>> results = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
          int seed = i;
          results.add(
              threads.submit(
                  () -> {
                    start.await();
                    return result(backend, call, seed);
                  }));
        }
        for (int i = 0; i < AT_ONCE; i++) {
          Comparison.checkSame(
              "beside two other threads",
              results.get(i).get(),
              want.get(i),
              "A backend is thread-safe, so kernels share no scratch");
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static double[] result(Backend on, Call call, long seed) {
    try (Bench bench = new Bench(on, "repeated kernel")) {
      return bench.read(call.on(on.kernels(), bench, seed));
    }
  }

  private static Tensor numbers(Bench bench, String name, long seed, int... shape) {
    int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    double[] values = new Numbers(31 * seed + name.hashCode()).uniform(size, 1);
    return bench.input(name, TYPE, values, shape);
  }

  private static Tensor matrix(Bench bench, String name, long seed) {
    return numbers(bench, name, seed, ROWS, COLUMNS);
  }

  private static Tensor product(Kernels k, Bench bench, long seed, boolean ta, boolean tb) {
    int m = PRODUCT[0];
    int n = PRODUCT[1];
    int inner = PRODUCT[2];
    Tensor a = numbers(bench, "A", seed, ta ? inner : m, ta ? m : inner);
    Tensor b = numbers(bench, "B", seed, tb ? n : inner, tb ? inner : n);
    Tensor c = bench.output("C", TYPE, m, n);
    k.gemm(ta, tb, 1, a, b, 0, c);
    return c;
  }

  private static Tensor batched(Kernels k, Bench bench, long seed) {
    Tensor a = numbers(bench, "A", seed, BATCH, 60, PRODUCT[2]);
    Tensor b = numbers(bench, "B", seed, BATCH, PRODUCT[2], 50);
    Tensor c = bench.output("C", TYPE, BATCH, 60, 50);
    k.batchedGemm(false, false, 1, a, b, 0, c);
    return c;
  }

  private static Tensor crossEntropy(Kernels k, Bench bench, long seed) {
    Tensor labels = bench.integers("labels", indices(ROWS, COLUMNS));
    Tensor loss = bench.output("loss", TYPE, ROWS);
    Tensor gradient = bench.output("dLogits", TYPE, ROWS, COLUMNS);
    k.softmaxCrossEntropy(matrix(bench, "x", seed), labels, null, 0.1, loss, gradient);
    return gradient;
  }

  private static Tensor scatter(Kernels k, Bench bench, long seed) {
    Tensor x = bench.changing("x", TYPE, new double[7 * COLUMNS], 7, COLUMNS);
    Tensor given = bench.integers("indices", indices(ROWS, 7));
    k.scatterAdd(matrix(bench, "y", seed), 0, given, x);
    return x;
  }

  private static int[] indices(int count, int bound) {
    Numbers numbers = new Numbers(bound);
    int[] indices = new int[count];
    for (int i = 0; i < count; i++) {
      indices[i] = numbers.below(bound);
    }
    return indices;
  }
}
