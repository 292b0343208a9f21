package org.recur4j.backend.nd4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.ShapeException;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.nd4j.NativesPresent;

/**
 * Products larger than the kit's: cut in blocks, by rows or by columns, or as matrix times vector.
 */
class GemmTest {
  @ParameterizedTest
  @CsvSource({
    "600, 40, 50",
    "40, 600, 50",
    "300, 300, 20",
    "1, 700, 90",
    "700, 1, 90",
    "1, 1, 5",
    "2000, 1, 700"
  })
  void isTheSumOfProductsWhateverItsCut(int m, int n, int k) {
    for (boolean transposeA : new boolean[] {false, true}) {
      for (boolean transposeB : new boolean[] {false, true}) {
        float[] one = product(1, m, n, k, transposeA, transposeB);
        assertThat(product(3, m, n, k, transposeA, transposeB)).isEqualTo(one);
      }
    }
  }

  @Test
  void refusesOperandsThatWouldReachOutside() {
    try (Backend backend = NativesPresent.open(BackendOptions.defaults().withThreads(1));
        Scope scope = backend.scope("gemm")) {
      Tensor a = scope.create(DataType.FLOAT32, Shape.of(3, 4));
      Tensor b = scope.create(DataType.FLOAT32, Shape.of(4, 5));
      Tensor c = scope.create(DataType.FLOAT32, Shape.of(3, 5));
      assertThatThrownBy(() -> backend.kernels().gemm(false, true, 1, a, b, 0, c))
          .isInstanceOf(ShapeException.class)
          .hasMessageContaining("gemm into 3 × 5")
          .hasMessageContaining("[4, 5] transposed")
          .hasMessageContaining("[3, k] and [k, 5]");
    }
  }

  /** Checks against sums in double, and returns the bits. C held NaN and β is 0. */
  private static float[] product(int threads, int m, int n, int k, boolean ta, boolean tb) {
    Random random = new Random(m + 31L * n + 961L * k);
    float[] a = numbers(random, m * k);
    float[] b = numbers(random, k * n);
    float[] c = new float[m * n];
    try (Backend backend = NativesPresent.open(BackendOptions.defaults().withThreads(threads));
        Scope scope = backend.scope("gemm")) {
      Tensor left = scope.create(DataType.FLOAT32, ta ? Shape.of(k, m) : Shape.of(m, k));
      Tensor right = scope.create(DataType.FLOAT32, tb ? Shape.of(n, k) : Shape.of(k, n));
      Tensor result = scope.create(DataType.FLOAT32, Shape.of(m, n));
      backend.upload(a, 0, left);
      backend.upload(b, 0, right);
      backend.kernels().fill(Double.NaN, result);
      backend.kernels().gemm(ta, tb, 0.5, left, right, 0, result);
      backend.download(result, c, 0);
    }
    for (int check = 0; check < 200; check++) {
      int i = random.nextInt(m);
      int j = random.nextInt(n);
      double want = 0;
      for (int p = 0; p < k; p++) {
        want += 0.5 * a[ta ? p * m + i : i * k + p] * b[tb ? j * k + p : p * n + j];
      }
      assertThat((double) c[i * n + j]).isCloseTo(want, offset(2e-5 * Math.sqrt(k)));
    }
    return c;
  }

  private static float[] numbers(Random random, int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = 2 * random.nextFloat() - 1;
    }
    return numbers;
  }
}
