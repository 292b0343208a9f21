package org.recur4j.models.layer;

import java.util.List;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.cell.Parameters;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Tensor;

/**
 * A layer of your own inside a network. It holds nothing but its parameters, because several
 * threads may run it at once.
 */
@FunctionalInterface
public interface CustomLayer {
  /**
   * Runs one batch.
   *
   * @param ops the mathematics; differentiable on every backend, results live in its scope
   * @param lengths of the rows
   * @param lengthTensor the same, INT32 {@code [B]}, as {@code ops} takes them
   * @param values {@code [T, B, F]}, exactly 0 past each row's length; {@code [B, F]} behind the
   *     layer that folds a sequence into one vector
   * @return {@code [T, B, O]} or {@code [B, O]}. What it holds past the lengths does not matter:
   *     the network sets it to 0
   */
  Tensor forward(Ops ops, Lengths lengths, Tensor lengthTensor, Tensor values);

  /**
   * Features of the output.
   *
   * @param inputSize F
   * @return O, at least 1; as many as come in unless overridden
   */
  default int outputSize(int inputSize) {
    return inputSize;
  }

  /**
   * What training moves and a model file stores.
   *
   * @return in a fixed order; none unless overridden
   */
  default List<Parameter> parameters() {
    return List.of();
  }

  /** How a network builds a layer once the size of its input is known. */
  @FunctionalInterface
  interface Factory {
    /**
     * Builds a layer.
     *
     * @param parameters where its parameters come from
     * @param inputSize F
     * @return the layer
     */
    CustomLayer create(Parameters parameters, int inputSize);
  }
}
