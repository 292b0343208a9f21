package org.recur4j.backend.ejml.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.kernel.Binary;
import org.recur4j.api.kernel.Reduction;
import org.recur4j.api.kernel.Unary;
import org.recur4j.api.spi.Workers;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.ejml.array.HeapStorage;
import org.recur4j.backend.ejml.engine.FloatEngines;

class EjmlKernelsTest extends EjmlKernelsFixture {
  @ParameterizedTest
  @EnumSource(value = DataType.class, names = "INT32", mode = EnumSource.Mode.EXCLUDE)
  void broadcastsAsNumPyDoes(DataType type) {
    Shape full = Shape.of(3, 4, 5);
    Shape[] shapes = {
      full,
      Shape.of(5),
      Shape.of(4, 1),
      Shape.of(3, 1, 5),
      Shape.of(3, 1, 1),
      Shape.of(1, 4, 5),
      Shape.of(),
      Shape.of(1)
    };
    for (Shape left : shapes) {
      for (Shape right : shapes) {
        Tensor a = tensor(type, left);
        Tensor b = tensor(type, right);
        Tensor y = tensor(type, full);
        for (Binary function : Binary.values()) {
          kernels.binary(function, a, b, y);
          for (int i = 0; i < 60; i++) {
            double want = apply(function, at(a, full, i), at(b, full, i));
            assertThat(value(y, i))
                .as("%s of %s and %s at %d", function, left, right, i)
                .isCloseTo(want, within(1e-5 * Math.abs(want) + 1e-7));
          }
        }
        kernels.copy(a, y);
        assertThat(value(y, 59)).isEqualTo(at(a, full, 59));
        double[] before = values(b);
        kernels.sumTo(y, 0.5, b);
        for (int j = 0; j < b.size(); j++) {
          double want = 0.5 * before[j];
          for (int i = 0; i < 60; i++) {
            want += index(right, full, i) == j ? value(y, i) : 0;
          }
          assertThat(value(b, j)).as("sum to %s at %d", right, j).isCloseTo(want, within(1e-5));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = DataType.class, names = "INT32", mode = EnumSource.Mode.EXCLUDE)
  void appliesElementwiseFunctionsAtAnyOffset(DataType type) {
    int n = 2500;
    for (int shift = 0; shift < 2; shift++) {
      Tensor x = tensor(type, Shape.of(n + 1)).view(shift, Shape.of(n));
      Tensor y = tensor(type, Shape.of(n));
      Tensor dx = tensor(type, Shape.of(n + 1)).view(shift, Shape.of(n));
      for (Unary function : Unary.values()) {
        if (function == Unary.LOGARITHM || function == Unary.SQUARE_ROOT) {
          kernels.unary(Unary.ABSOLUTE, x, x);
        }
        kernels.unary(function, x, y);
        for (int i = 0; i < n; i += 7) {
          double want = apply(function, value(x, i));
          assertThat(value(y, i)).as("%s", function).isCloseTo(want, within(2e-7 * Math.abs(want)));
        }
      }
      for (Activation.Kind kind : Activation.Kind.values()) {
        Activation function = new Activation(kind, 0.3, 0.4);
        double[] before = values(x);
        kernels.activation(function, x, y);
        kernels.activation(function, x, dx);
        assertThat(values(dx)).as("%s at another offset", kind).containsExactly(values(y));
        Tensor dy = tensor(type, Shape.of(n));
        kernels.activationGradient(function, y, dy, dx);
        for (int i = 0; i < n; i += 7) {
          assertThat(value(y, i)).as("%s", kind).isCloseTo(function.apply(before[i]), within(1e-6));
          double want = value(dy, i) * function.derivativeFromOutput(value(y, i));
          assertThat(value(dx, i)).as("gradient of %s", kind).isCloseTo(want, within(1e-6));
        }
      }
      double[] old = values(y);
      kernels.scaleAdd(2, x, 0.5, y);
      kernels.addProduct(x, y, dx);
      kernels.affine(3, -1, x, dx);
      for (int i = 0; i < n; i++) {
        assertThat(value(y, i)).isCloseTo(2 * value(x, i) + 0.5 * old[i], within(1e-5));
        assertThat(value(dx, i)).isCloseTo(3 * value(x, i) - 1, within(1e-5));
      }
      old = values(y);
      kernels.addProduct(x, dx, y);
      assertThat(value(y, n - 1))
          .isCloseTo(old[n - 1] + value(x, n - 1) * value(dx, n - 1), within(1e-5));
    }
  }

  @Test
  void movesRowsByIndicesLengthsAndSlices() {
    for (DataType type : DataType.values()) {
      Tensor x = tensor(type, Shape.of(2, 4, 3));
      Tensor indices = integers(3, -1, 0, 3);
      Tensor y = tensor(type, Shape.of(2, 4, 3));
      kernels.gather(x, 1, indices, y);
      assertThat(value(y, 12 + 2)).isEqualTo(value(x, 12 + 9 + 2));
      assertThat(value(y, 3)).isZero();
      Tensor part = tensor(type, Shape.of(2, 2, 3));
      kernels.slice(x, 1, 1, part);
      assertThat(value(part, 6)).isEqualTo(value(x, 12 + 3));
      kernels.insert(part, 0, 1, 2, y);
      assertThat(value(y, 12 + 6)).isEqualTo(value(part, 6));
      Tensor turned = tensor(type, Shape.of(4, 2, 3));
      kernels.transpose(x, turned);
      assertThat(value(turned, 6 * 3 + 3 + 1)).isEqualTo(value(x, 12 + 3 * 3 + 1));
      Tensor matrix = tensor(type, Shape.of(19, 33));
      Tensor other = tensor(type, Shape.of(33, 19));
      kernels.transpose(matrix, other);
      assertThat(value(other, 20 * 19 + 18)).isEqualTo(value(matrix, 18 * 33 + 20));
      Tensor lengths = integers(2, 0, 1, 2);
      kernels.maskPast(lengths, x, y);
      assertThat(value(y, 3)).isZero();
      assertThat(value(y, 6)).isEqualTo(value(x, 6));
      assertThat(value(y, 12 + 6)).isZero();
      kernels.reverse(lengths, x, y);
      assertThat(value(y, 0)).isEqualTo(value(x, 12));
      assertThat(value(y, 6)).isEqualTo(value(x, 6));
      Tensor last = tensor(type, Shape.of(4, 3));
      kernels.last(lengths, x, last);
      assertThat(value(last, 0)).isEqualTo(value(x, 12));
      assertThat(value(last, 3)).isZero();
      kernels.select(lengths, 1, x.row(0), null, last);
      assertThat(value(last, 0)).isEqualTo(value(x, 0));
      assertThat(value(last, 6)).isZero();
    }
    Tensor x = tensor(DataType.FLOAT32, Shape.of(2, 2, 3));
    double[] before = values(x);
    Tensor y = tensor(DataType.FLOAT32, Shape.of(2, 3));
    kernels.addToLast(y, integers(2, 0), x);
    assertThat(value(x, 6)).isCloseTo(before[6] + value(y, 0), within(1e-6));
    assertThat(value(x, 3)).isEqualTo(before[3]);
    Tensor table = tensor(DataType.FLOAT64, Shape.of(3, 2));
    before = values(table);
    Tensor rows = tensor(DataType.FLOAT64, Shape.of(4, 2));
    kernels.scatterAdd(rows, 0, integers(1, -1, 1, 0), table);
    assertThat(value(table, 2))
        .isCloseTo(before[2] + value(rows, 0) + value(rows, 4), within(1e-12));
    assertThat(value(table, 4)).isEqualTo(before[4]);
    assertThatThrownBy(() -> kernels.scatterAdd(rows, 0, integers(1, 3, 1, 0), table))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("scatterAdd: got index 3; expected an index in [-1, 3)");
  }

  @ParameterizedTest
  @EnumSource(value = DataType.class, names = "INT32", mode = EnumSource.Mode.EXCLUDE)
  void multipliesInPartsOnThreadsAsInOne(DataType type) {
    Tensor a = tensor(type, Shape.of(90, 200));
    for (int n : new int[] {5, 150}) {
      Tensor b = tensor(type, Shape.of(n, 200));
      Tensor c = tensor(type, Shape.of(90, n));
      Tensor alone = tensor(type, Shape.of(90, n));
      kernels.gemm(false, true, 1, a, b, 0, c);
      try (Workers one = new Workers("ejml", 1)) {
        new EjmlKernels(one, FloatEngines.preferred()).gemm(false, true, 1, a, b, 0, alone);
      }
      assertThat(values(c)).containsExactly(values(alone));
      Tensor batched = tensor(type, Shape.of(9, 10, n));
      kernels.batchedGemm(
          false, true, 1, a.reshape(Shape.of(9, 10, 200)), tensorOf(b, 9), 0, batched);
      assertThat(values(batched)).containsExactly(values(alone));
      double want = 0;
      for (int k = 0; k < 200; k++) {
        want += value(a, 89 * 200 + k) * value(b, k);
      }
      assertThat(value(c, 89 * n)).isCloseTo(want, within(1e-4));
    }
  }

  @ParameterizedTest
  @EnumSource(value = DataType.class, names = "INT32", mode = EnumSource.Mode.EXCLUDE)
  void foldsAndFindsTheLargest(DataType type) {
    Tensor x = tensor(type, Shape.of(2, 5, 3));
    for (int axis = 0; axis < 3; axis++) {
      Tensor y = tensor(type, x.shape().without(axis));
      int n = x.extent(axis);
      int inner = x.shape().inner(axis);
      for (Reduction reduction : Reduction.values()) {
        kernels.reduce(reduction, x, axis, y);
        for (int i = 0; i < y.size(); i++) {
          double sum = 0;
          double largest = Double.NEGATIVE_INFINITY;
          for (int j = 0; j < n; j++) {
            double v = value(x, (i / inner * n + j) * inner + i % inner);
            sum += v;
            largest = Math.max(largest, v);
          }
          double want =
              reduction == Reduction.SUM ? sum : reduction == Reduction.MEAN ? sum / n : largest;
          assertThat(value(y, i)).as("%s along %d", reduction, axis).isCloseTo(want, within(1e-6));
        }
      }
    }
    Tensor row = tensor(type, Shape.of(1, 4));
    set(row, 1, 3, 3, Double.NEGATIVE_INFINITY);
    Tensor found = scope.create(DataType.INT32, Shape.of(1));
    kernels.argMax(row, found);
    assertThat(HeapStorage.ints(found)[0]).isEqualTo(1);
    Tensor total = tensor(type, Shape.of());
    set(total, 10);
    kernels.addNonFiniteCount(row, total);
    assertThat(value(total, 0)).isEqualTo(11);
    set(row, 1, Double.NaN, 3, 2);
    kernels.argMax(row, found);
    assertThat(HeapStorage.ints(found)[0]).isEqualTo(1);
    Tensor squares = tensor(type, Shape.of(7));
    set(squares, 1, 2, 3, 4, 5, 6, 7);
    set(total, 1);
    kernels.addSquaredSum(squares, total);
    assertThat(value(total, 0)).isEqualTo(141);
  }

  @Test
  void allocatesNothingOnceWarm() {
    Tensor a = tensor(DataType.FLOAT32, Shape.of(40, 64));
    Tensor b = tensor(DataType.FLOAT32, Shape.of(96, 64));
    Tensor c = tensor(DataType.FLOAT32, Shape.of(40, 96));
    Tensor bias = tensor(DataType.FLOAT32, Shape.of(96));
    Tensor rows = c.rows(1, 40);
    Tensor others = c.rows(0, 39);
    ThreadMXBean beans = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    long least = Long.MAX_VALUE;
    // Until the JIT compiler has had its turn: an interpreter makes an object of every vector.
    long deadline = System.nanoTime() + 30_000_000_000L;
    while (least > 0 && System.nanoTime() < deadline) {
      long before = beans.getThreadAllocatedBytes(id);
      kernels.gemm(false, true, 1, a, b, 0, c);
      kernels.binary(Binary.ADD, c, bias, c);
      kernels.activation(Activation.TANH, rows, others);
      kernels.sumTo(c, 1, bias);
      kernels.softmax(c, null, c);
      least = Math.min(least, beans.getThreadAllocatedBytes(id) - before);
    }
    assertThat(least).isZero();
  }

  @Test
  void refusesIntegersWhereItCalculates() {
    Tensor x = integers(1, 2);
    assertThatThrownBy(() -> kernels.affine(1, 1, x, x))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("affine: got INT32 [2]")
        .hasMessageContaining("expected a floating type");
  }

  private static double at(Tensor operand, Shape full, int i) {
    return value(operand, index(operand.shape(), full, i));
  }

  private static int index(Shape operand, Shape full, int i) {
    int rest = i;
    int index = 0;
    int stride = 1;
    for (int back = 1; back <= operand.rank(); back++) {
      int position = rest % full.extent(-back);
      rest /= full.extent(-back);
      index += operand.extent(-back) == 1 ? 0 : position * stride;
      stride *= operand.extent(-back);
    }
    return index;
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

  private static double apply(Unary function, double v) {
    return switch (function) {
      case NEGATE -> -v;
      case ABSOLUTE -> Math.abs(v);
      case SIGN -> Math.signum(v);
      case EXPONENTIAL -> Math.exp(v);
      case LOGARITHM -> Math.log(v);
      case SQUARE_ROOT -> Math.sqrt(v);
      case SQUARE -> v * v;
      case RECIPROCAL -> 1 / v;
    };
  }
}
