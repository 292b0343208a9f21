package org.recur4j.api.decorate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.error.ShapeException;
import org.recur4j.api.kernel.Binary;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.conformance.toy.ToyProvider;

/** Wrong calls are refused in words; right ones compute. */
class CheckedBackendTest {
  private Backend backend;
  private Scope scope;
  private Kernels kernels;

  @BeforeEach
  void open() {
    backend = new CheckedBackend(new ToyProvider().open(BackendOptions.defaults()));
    scope = backend.scope("test");
    kernels = backend.kernels();
  }

  @AfterEach
  void close() {
    scope.close();
    backend.close();
  }

  @Test
  void rightCallsCompute() {
    Tensor a = tensor(2, 3);
    Tensor b = tensor(3, 1);
    Tensor c = tensor(2, 1);
    kernels.fill(2, a);
    kernels.fill(5, b);
    kernels.gemm(false, false, 1, a, b, 0, c);
    float[] got = new float[2];
    backend.download(c, got, 0);
    assertThat(got).containsExactly(30, 30);
  }

  @Test
  void freshTensorsHoldNothingUseful() {
    float[] got = new float[2];
    backend.download(scope.child("inner").create(DataType.FLOAT32, Shape.of(2)), got, 0);
    assertThat(got).containsExactly(Float.NaN, Float.NaN);
    int[] integers = new int[1];
    backend.download(integers(1), integers, 0);
    assertThat(integers).containsExactly(Integer.MIN_VALUE);
  }

  @Test
  void productsThatDoNotFitAreRefused() {
    assertThatThrownBy(
            () -> kernels.gemm(false, true, 1, tensor(2, 3), tensor(4, 5), 0, tensor(2, 4)))
        .isInstanceOf(ShapeException.class)
        .hasMessage("gemm: got rows of op(B) 5; expected 3. Check the operands' shapes.");
    Tensor square = tensor(2, 2);
    assertThatThrownBy(() -> kernels.gemm(false, false, 1, square, tensor(2, 2), 0, square))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessage(
            "gemm: got a destination [0, 4) over an operand [0, 4); expected disjoint windows."
                + " Write to another tensor.");
  }

  @Test
  void shapesAndTypesOfPointwiseKernelsAreChecked() {
    assertThatThrownBy(() -> kernels.binary(Binary.ADD, tensor(2), tensor(3), tensor(2, 3)))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("binary ADD: got an operand [2] for a destination [2, 3]");
    assertThatThrownBy(() -> kernels.addProduct(tensor(2), tensor(3), tensor(2)))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("addProduct: got operands [2] and [3]");
    assertThatThrownBy(() -> kernels.scaleAdd(1, integers(2), 0, tensor(2)))
        .isInstanceOf(ShapeException.class)
        .hasMessageStartingWith("scaleAdd: got an operand INT32 [2]; expected FLOAT32");
  }

  @Test
  void aShiftedWindowOverAnOperandIsRefused() {
    Tensor all = tensor(4);
    assertThatThrownBy(() -> kernels.affine(1, 0, all.rows(0, 3), all.rows(1, 4)))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("a destination [1, 4) over an operand [0, 3)");
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    Tensor indices = integers(2);
    backend.upload(new int[] {0, 7}, 0, indices);
    assertThatThrownBy(() -> kernels.gather(tensor(7, 3), 0, indices, tensor(2, 3)))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageStartingWith("gather: got index 7; expected a number in [-1, 6]");
    assertThatThrownBy(() -> kernels.maskPast(indices, tensor(5, 2), tensor(5, 2)))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageStartingWith("maskPast: got length 7; expected a number in [0, 5]");
    assertThatThrownBy(() -> kernels.slice(tensor(4), 0, 3, tensor(2)))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageStartingWith("slice: got first entry 3; expected a number in [0, 2]");
    assertThatThrownBy(() -> backend.upload(new float[3], 2, tensor(2)))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageStartingWith("upload: got an array of 3 from offset 2");
  }

  private Tensor tensor(int... extents) {
    return scope.create(DataType.FLOAT32, Shape.of(extents));
  }

  private Tensor integers(int count) {
    return scope.create(DataType.INT32, Shape.of(count));
  }
}
