package org.recur4j.api.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.Tensor;

/** One time step of a recurrent network, written as mathematics. */
public interface Cell {
  /**
   * What training moves.
   *
   * @return the parameters, in a fixed order
   */
  List<Parameter> parameters();

  /**
   * Features of the output.
   *
   * @return H
   */
  int hiddenSize();

  /**
   * The state before the first step.
   *
   * @param ops the mathematics
   * @param batch B
   * @return usually zeros, {@code [B, H]} each
   */
  State initialState(Ops ops, int batch);

  /**
   * One step.
   *
   * @param ops the mathematics; differentiable on every backend
   * @param x {@code [B, I]}
   * @param previous the state before
   * @return the state after; its first part is the output
   */
  State step(Ops ops, Tensor x, State previous);

  /**
   * One step with variational recurrent dropout: a mask on h′ where a recurrent weight reads it,
   * and nowhere else. This default masks the whole hidden part; a cell that also carries h′ over
   * unweighted, as a GRU does, overrides it.
   *
   * @param ops the mathematics
   * @param x {@code [B, I]}
   * @param previous the state before
   * @param hiddenMask {@code [B, H]}, the same for every step of a sequence
   * @return the state after
   */
  default State maskedStep(Ops ops, Tensor x, State previous, Tensor hiddenMask) {
    List<Tensor> parts = new ArrayList<>(previous.parts());
    parts.set(0, ops.multiply(parts.get(0), hiddenMask));
    return step(ops, x, new State(parts));
  }

  /**
   * The plan that computes the same, if there is one.
   *
   * @return empty unless overridden: the layer then loops over {@link #step}
   */
  default Optional<Fusable> fusable() {
    return Optional.empty();
  }

  /** How a layer builds a cell once the size of its input is known. */
  @FunctionalInterface
  interface Factory {
    /**
     * Builds a cell.
     *
     * @param parameters where its parameters come from
     * @param inputSize I
     * @return the cell
     */
    Cell create(Parameters parameters, int inputSize);
  }
}
