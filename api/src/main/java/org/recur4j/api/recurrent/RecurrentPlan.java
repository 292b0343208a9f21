package org.recur4j.api.recurrent;

import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;

/**
 * Prepared weights of one version, shared by threads. Forward and backward allocate no Java memory
 * once the extents repeat.
 *
 * <p>Forward keeps references to x, the initial state and y until that pass's backward or next
 * forward; nobody writes them meanwhile. x and dy beyond a row's length are never read; y and dx
 * there are exactly 0. Any T and B within the pass's extent may be run.
 *
 * <p>Operands and weights belong to open scopes. A call that is refused changes nothing: a pass can
 * still differentiate the forward before it. A closed plan, and a pass whose scope was closed or
 * reset, refuse every call with a {@link org.recur4j.api.error.ClosedException}.
 */
public interface RecurrentPlan extends AutoCloseable {
  /**
   * What it computes.
   *
   * @return the specification
   */
  RecurrentSpec spec();

  /**
   * Opens a workspace.
   *
   * @param scope owns its tensors
   * @param max the largest batch it shall hold
   * @param mode what it keeps
   * @return a pass of this plan
   */
  Pass open(Scope scope, Extent max, Mode mode);

  /**
   * Runs the sequence.
   *
   * @param pass a pass of this plan
   * @param in x, lengths, initial state, hidden mask
   * @param out y and last state, overwritten
   * @throws org.recur4j.api.error.StaleWeightsException if the weights moved since {@link #refresh}
   * @throws org.recur4j.api.error.ShapeException if operands do not fit the specification or the
   *     pass
   * @throws org.recur4j.api.error.InvalidArgumentException if an operand is missing or superfluous,
   *     or the pass is another plan's
   */
  void forward(Pass pass, RecurrentInput in, RecurrentOutput out);

  /**
   * Differentiates the pass's last forward. dx and dInitial are overwritten; {@code sums} is added
   * to.
   *
   * @param pass a pass in a mode that keeps for backward, after its forward
   * @param dOut ∂L/∂y and ∂L/∂last; absent parts are zero
   * @param dIn where ∂L/∂x and ∂L/∂initial go; absent parts are not wanted
   * @param sums where the weights' gradients are added; null if not wanted
   * @throws org.recur4j.api.error.StaleWeightsException if the weights moved since that forward
   * @throws org.recur4j.api.error.InvalidArgumentException if there was no forward, or the mode
   *     keeps nothing
   */
  void backward(Pass pass, RecurrentOutput dOut, RecurrentInput dIn, RecurrentGradients sums);

  /**
   * Copies what a traced pass kept; may be slow.
   *
   * @param pass a pass in {@link Mode#TRACING}
   * @param what which values
   * @param target shape as {@link Trace} says, for the last forward's T and B
   */
  void read(Pass pass, Trace what, Tensor target);

  /** Packs again if the weights' version moved; cheap otherwise. Not while another thread runs. */
  void refresh();

  /**
   * Which engine this is and what it costs.
   *
   * @return the report
   */
  PlanReport report();

  /** Frees the packed weights. */
  @Override
  void close();
}
