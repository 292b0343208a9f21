package org.recur4j.api.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.Tensor;

/** A recurrent cell: one time step of a recurrent network, written as mathematics. */
public interface Cell {
  /**
   * Returns the trainable parameters.
   *
   * @return the parameters, in a fixed order
   */
  List<Parameter> parameters();

  /**
   * Returns the number of features of the output.
   *
   * @return H
   */
  int hiddenSize();

  /**
   * Returns the state before the first step.
   *
   * @param ops the operations to use
   * @param batch the batch size B
   * @return usually zeros, {@code [B, H]} each
   */
  State initialState(Ops ops, int batch);

  /**
   * Computes one step.
   *
   * @param ops the operations to use, differentiable on every backend
   * @param x {@code [B, I]}
   * @param previous the state before the step
   * @return the state after the step; its first part is the output
   */
  State step(Ops ops, Tensor x, State previous);

  /**
   * Computes one step with variational recurrent dropout: the mask multiplies h′ where a recurrent
   * weight reads it, and nowhere else. The default masks the whole hidden part; a cell that also
   * uses h′ without a weight, as a GRU does, overrides this method.
   *
   * @param ops the operations to use
   * @param x {@code [B, I]}
   * @param previous the state before the step
   * @param hiddenMask {@code [B, H]}, the same for every step of a sequence
   * @return the state after the step
   */
  default State maskedStep(Ops ops, Tensor x, State previous, Tensor hiddenMask) {
    List<Tensor> parts = new ArrayList<>(previous.parts());
    parts.set(0, ops.multiply(parts.get(0), hiddenMask));
    return step(ops, x, new State(parts));
  }

  /**
   * Returns the specification and weights of a plan that computes the same function, if there is
   * one.
   *
   * @return empty by default; a layer then loops over {@link #step}
   */
  default Optional<Fusable> fusable() {
    return Optional.empty();
  }

  /** Creates cells once a layer knows the size of its input. */
  @FunctionalInterface
  interface Factory {
    /**
     * Creates a cell.
     *
     * @param parameters the source of its parameters
     * @param inputSize I
     * @return the cell
     */
    Cell create(Parameters parameters, int inputSize);
  }
}
