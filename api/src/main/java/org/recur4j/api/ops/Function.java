package org.recur4j.api.ops;

import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * A differentiable operation: its forward computation and its gradient. {@link Ops#apply} runs it
 * and, during training, records it as one node. Immutable; anything that backward needs of one call
 * is kept in the outputs.
 */
public interface Function {
  /**
   * Returns the name that errors and summaries show.
   *
   * @return a short name
   */
  String name();

  /**
   * Computes the outputs.
   *
   * @param call the inputs, the kernels and the allocator
   * @return the outputs; one may be a view of an input
   */
  Tensor[] forward(Forward call);

  /**
   * Computes the gradients of the inputs. For every input whose gradient is {@linkplain
   * Backward#wants wanted}, it requests the destination once and writes it.
   *
   * @param call inputs, outputs, gradients of the outputs, destinations
   */
  void backward(Backward call);

  /** The arguments of a forward call. */
  interface Forward {
    /**
     * Returns the primitives.
     *
     * @return the kernels of the backend
     */
    Kernels kernels();

    /**
     * Returns one operand.
     *
     * @param index 0 … {@link #inputs} − 1
     * @return the tensor passed to {@link Ops#apply}
     */
    Tensor input(int index);

    /**
     * Returns the number of operands.
     *
     * @return the number of inputs
     */
    int inputs();

    /**
     * Creates a tensor in the current scope.
     *
     * @param dataType the data type
     * @param shape the shape
     * @return a tensor with undefined contents
     */
    Tensor create(DataType dataType, Shape shape);

    /**
     * Creates a tensor with the data type and shape of an input.
     *
     * @param index the index of the input
     * @return a tensor with undefined contents
     */
    default Tensor like(int index) {
      return create(input(index).dataType(), input(index).shape());
    }
  }

  /** The arguments of a backward call. */
  interface Backward extends Forward {
    /**
     * Returns one result of forward.
     *
     * @param index 0 … number of outputs − 1
     * @return the tensor that forward returned
     */
    Tensor output(int index);

    /**
     * Returns the gradient of the loss with respect to an output.
     *
     * @param index the index of the output
     * @return the gradient, or null where it is zero
     */
    Tensor outputGradient(int index);

    /**
     * Returns whether the gradient of an input is wanted.
     *
     * @param index the index of the input
     * @return false for constants and integers
     */
    boolean wants(int index);

    /**
     * Returns a destination that must be overwritten completely.
     *
     * @param index the index of an input that {@link #wants} a gradient
     * @return a tensor of the input's data type and shape, with undefined contents
     */
    Tensor overwrite(int index);

    /**
     * Returns a destination that must be added to.
     *
     * @param index the index of an input that {@link #wants} a gradient
     * @return a tensor of the input's data type and shape, with zeros or the sum of other
     *     contributions
     */
    Tensor accumulate(int index);
  }
}
