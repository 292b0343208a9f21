package org.recur4j.examples.bench;

import java.util.Locale;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/** How fast a backend multiplies matrices: no peak may lie below it. */
final class ProductProbe {
  private static final int SIZE = 512;
  private static final int TURNS = 4;

  private ProductProbe() {}

  /** Some products of {@code [512, 512]·[512, 512]ᵀ and [32, 512]·[2048, 512]ᵀ}. */
  static void run(Contender contender, Ceiling ceiling) {
    if (!contender.runsOnProcessor()) {
      return;
    }
    run(contender, ceiling, SIZE, SIZE, SIZE);
    run(contender, ceiling, 32, 4 * SIZE, SIZE);
  }

  private static void run(Contender contender, Ceiling ceiling, int m, int n, int k) {
    try (Scope scope = contender.backend().scope("products")) {
      Tensor a = scope.create(DataType.FLOAT32, Shape.of(m, k));
      Tensor b = scope.create(DataType.FLOAT32, Shape.of(n, k));
      Tensor c = scope.create(DataType.FLOAT32, Shape.of(m, n));
      contender.backend().upload(PreparedBatch.numbers(m * k, 0), 0, a);
      contender.backend().upload(PreparedBatch.numbers(n * k, 1), 0, b);
      for (int turn = 0; turn < TURNS; turn++) {
        long begin = System.nanoTime();
        contender.backend().kernels().gemm(false, true, 1, a, b, 0, c);
        contender.backend().synchronize();
        double rate = 2.0 * m * n * k / (System.nanoTime() - begin) / contender.threads();
        ceiling.sawProduct(
            String.format(Locale.ROOT, "a product [%d, %d]·[%d, %d]ᵀ of %s", m, k, n, k, contender),
            rate);
      }
    }
  }
}
