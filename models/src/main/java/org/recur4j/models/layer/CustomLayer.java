package org.recur4j.models.layer;

import java.util.List;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.cell.Parameters;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Tensor;

/**
 * A custom layer of a network. Several threads may run it at once, so it must hold no state but its
 * parameters.
 */
@FunctionalInterface
public interface CustomLayer {
  /**
   * Runs one batch.
   *
   * @param ops the operations, differentiable on every backend; their scope owns the results
   * @param lengths the lengths of the rows
   * @param lengthTensor the same lengths, INT32 {@code [B]}, for {@code ops}
   * @param values {@code [T, B, F]}, exactly 0 past each row's length; {@code [B, F]} after the
   *     layer that reduces a sequence to one vector
   * @return {@code [T, B, O]} or {@code [B, O]}; the network sets values past the lengths to 0
   */
  Tensor forward(Ops ops, Lengths lengths, Tensor lengthTensor, Tensor values);

  /**
   * Returns the number of output features.
   *
   * @param inputSize F
   * @return O, at least 1; F unless overridden
   */
  default int outputSize(int inputSize) {
    return inputSize;
  }

  /**
   * Returns the parameters that training changes and model files store.
   *
   * @return the parameters, in a fixed order; none unless overridden
   */
  default List<Parameter> parameters() {
    return List.of();
  }

  /** Creates a custom layer for a given input size. */
  @FunctionalInterface
  interface Factory {
    /**
     * Creates a layer.
     *
     * @param parameters the source of its parameters
     * @param inputSize F
     * @return the layer
     */
    CustomLayer create(Parameters parameters, int inputSize);
  }
}
