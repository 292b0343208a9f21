package org.recur4j.models.internal.layer;

import org.recur4j.api.ops.KernelFunction;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * A lookup in a table with one row that is not trained. Inputs: table {@code [V, E]}, INT32 indices
 * {@code [T, B]}.
 *
 * @param paddingIndex index of that row
 */
record PaddedGather(int paddingIndex) implements KernelFunction {
  @Override
  public String name() {
    return "gather with padding index " + paddingIndex;
  }

  @Override
  public Tensor[] forward(Forward call) {
    Tensor table = call.input(0);
    Tensor indices = call.input(1);
    Shape shape = Shape.of(indices.extent(0), indices.extent(1), table.extent(1));
    Tensor y = call.create(table.dataType(), shape);
    call.kernels().gather(table, 0, indices, y);
    return new Tensor[] {y};
  }

  /** Clears the gradient of the padding row, to which only lookups of this kind add. */
  @Override
  public void backward(Backward call) {
    if (call.wants(0)) {
      Tensor sums = call.accumulate(0);
      call.kernels().scatterAdd(call.outputGradient(0), 0, call.input(1), sums);
      int size = sums.extent(1);
      call.kernels().fill(0, sums.view(paddingIndex * size, Shape.of(size)));
    }
  }
}
