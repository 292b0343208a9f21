package org.recur4j.api.recurrent;

import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;

/**
 * A recurrent layer prepared for one version of its weights; may be shared by threads. Forward and
 * backward allocate no Java memory once extents repeat.
 *
 * <p>Forward keeps references to x, the initial state and y until backward or the next forward of
 * the same pass; the caller must not write to them in between. x and dy beyond a row's length are
 * never read; y and dx there are exactly 0. Any T and B within the extent of the pass may be run.
 *
 * <p>Operands and weights must belong to open scopes. A call that is rejected changes nothing: the
 * pass can still differentiate the forward before it. A closed plan, and a pass whose scope was
 * closed or reset, reject every call with a {@link org.recur4j.api.error.ClosedException}.
 */
public interface RecurrentPlan extends AutoCloseable {
  /**
   * Returns the specification of the plan.
   *
   * @return the specification
   */
  RecurrentSpec spec();

  /**
   * Opens a workspace.
   *
   * @param scope the owner of its tensors
   * @param max the largest batch that the pass can run
   * @param mode the mode, which determines what the pass keeps
   * @return a pass of this plan
   */
  Pass open(Scope scope, Extent max, Mode mode);

  /**
   * Runs the sequence.
   *
   * @param pass a pass of this plan
   * @param in x, lengths, initial state and hidden mask
   * @param out y and the last state, which are overwritten
   * @throws org.recur4j.api.error.StaleWeightsException if the weights changed since {@link
   *     #refresh}
   * @throws org.recur4j.api.error.ShapeException if operands do not fit the specification or the
   *     pass
   * @throws org.recur4j.api.error.InvalidArgumentException if an operand is missing or superfluous,
   *     or the pass belongs to another plan
   */
  void forward(Pass pass, RecurrentInput in, RecurrentOutput out);

  /**
   * Computes the gradients of the last forward of a pass. dx and dInitial are overwritten; the
   * gradients of the weights are added to {@code sums}.
   *
   * @param pass a pass in a mode that keeps what backward needs, after its forward
   * @param dOut ∂L/∂y and ∂L/∂last; null parts are zero
   * @param dIn destinations of ∂L/∂x and ∂L/∂initial; null parts are not wanted
   * @param sums destinations of the gradients of the weights; null if not wanted
   * @throws org.recur4j.api.error.StaleWeightsException if the weights changed since that forward
   * @throws org.recur4j.api.error.InvalidArgumentException if there was no forward, or the mode
   *     keeps nothing for backward
   */
  void backward(Pass pass, RecurrentOutput dOut, RecurrentInput dIn, RecurrentGradients sums);

  /**
   * Copies values that a pass kept in tracing mode; may be slow.
   *
   * @param pass a pass in {@link Mode#TRACING}
   * @param what the quantity
   * @param target a tensor of the shape that {@link Trace} defines, for the T and B of the last
   *     forward
   */
  void read(Pass pass, Trace what, Tensor target);

  /**
   * Packs the weights again if their version changed. Must not run while another thread uses the
   * plan.
   */
  void refresh();

  /**
   * Returns the engine of the plan and its cost.
   *
   * @return the report
   */
  PlanReport report();

  /** Frees the packed weights. */
  @Override
  void close();
}
