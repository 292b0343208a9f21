package org.recur4j.api.ops;

import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * A differentiable operation: how to compute it and how to send gradients back. {@link Ops#apply}
 * runs it and, when training, records it as one node. Immutable; state of one call lives in
 * outputs.
 */
public interface Function {
  /**
   * What errors and summaries call it.
   *
   * @return a short name
   */
  String name();

  /**
   * Computes the outputs.
   *
   * @param call the inputs, the kernels and where to allocate
   * @return the outputs; one may be a view of an input
   */
  Tensor[] forward(Forward call);

  /**
   * Sends gradients back: for every input that {@link Backward#wants} one, asks for its destination
   * once and writes it.
   *
   * @param call inputs, outputs, gradients of outputs, destinations
   */
  void backward(Backward call);

  /** What a forward call may touch. */
  interface Forward {
    /**
     * The primitives.
     *
     * @return kernels of the backend
     */
    Kernels kernels();

    /**
     * One operand.
     *
     * @param index 0 …
     * @return the tensor handed to {@link Ops#apply}
     */
    Tensor input(int index);

    /**
     * Number of operands.
     *
     * @return how many inputs there are
     */
    int inputs();

    /**
     * A tensor of the current scope.
     *
     * @param dataType its type
     * @param shape its shape
     * @return undefined contents
     */
    Tensor create(DataType dataType, Shape shape);

    /**
     * A tensor like an input.
     *
     * @param index which input
     * @return same type and shape, undefined contents
     */
    default Tensor like(int index) {
      return create(input(index).dataType(), input(index).shape());
    }
  }

  /** What a backward call may touch. */
  interface Backward extends Forward {
    /**
     * One result of forward.
     *
     * @param index 0 …
     * @return the tensor forward returned
     */
    Tensor output(int index);

    /**
     * Gradient of the loss with respect to an output.
     *
     * @param index which output
     * @return null where it is zero
     */
    Tensor outputGradient(int index);

    /**
     * Whether an input's gradient is wanted.
     *
     * @param index which input
     * @return false for constants and integers
     */
    boolean wants(int index);

    /**
     * A destination that must be overwritten completely.
     *
     * @param index an input that {@link #wants} a gradient
     * @return same type and shape as the input, undefined contents
     */
    Tensor overwrite(int index);

    /**
     * A destination that must be added to.
     *
     * @param index an input that {@link #wants} a gradient
     * @return same type and shape as the input, holding zeros or what other uses have added
     */
    Tensor accumulate(int index);
  }
}
