package org.recur4j.api.spi;

import org.recur4j.api.error.ClosedException;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentState;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/**
 * A base class of passes, which records the plan, the last forward and backward, and whether the
 * scope is still open. A backend's pass extends it and adds a workspace.
 */
public abstract class CheckedPass implements Pass {
  private final CheckedPlan<?> plan;
  private final Extent max;
  private final Mode mode;

  /** An element in the scope of the pass, which reveals whether the scope was closed or reset. */
  private final Tensor lifeline;

  private int steps;
  private int batch;

  /** The operands of the last forward, if backward may follow. */
  private RecurrentInput input;

  private RecurrentOutput output;
  private long version;
  private boolean forwardDone;
  private boolean backwardDone;

  /**
   * Creates a pass that has not run; called from {@link CheckedPlan#doOpen}.
   *
   * @param plan the plan that opens it
   * @param scope the scope that owns the memory of the pass
   * @param max the largest batch that the pass can run
   * @param mode the mode, which determines what the pass keeps
   */
  protected CheckedPass(CheckedPlan<?> plan, Scope scope, Extent max, Mode mode) {
    this.plan = plan;
    this.max = max;
    this.mode = mode;
    this.lifeline = scope.create(plan.spec().dataType(), Shape.of(1));
  }

  @Override
  public final RecurrentPlan plan() {
    return plan;
  }

  @Override
  public final Extent max() {
    return max;
  }

  @Override
  public final Mode mode() {
    return mode;
  }

  /**
   * Returns whether the scope still holds the memory of the pass.
   *
   * @return false after the scope was closed or reset
   */
  public final boolean isOpen() {
    return lifeline.isOpen();
  }

  /**
   * Returns T of the last or current forward.
   *
   * @return the number of steps; 0 before the first forward
   */
  public final int steps() {
    return steps;
  }

  /**
   * Returns B of the last or current forward.
   *
   * @return the number of sequences; 0 before the first forward
   */
  public final int batch() {
    return batch;
  }

  /**
   * Returns the input of the last forward, for backward.
   *
   * @return its x, lengths, initial state and mask; null before the first forward and in mode
   *     INFERENCE
   */
  public final RecurrentInput input() {
    return input;
  }

  /** Discards the last forward and stores the operands of the next one. */
  final void begin(RecurrentInput in, RecurrentOutput out, long weightsVersion) {
    forwardDone = false;
    backwardDone = false;
    steps = in.x().extent(0);
    batch = in.x().extent(1);
    version = weightsVersion;
    if (mode.keepsForBackward()) {
      input = in;
      output = out;
    }
  }

  final void endForward() {
    forwardDone = true;
  }

  final void beginBackward() {
    backwardDone = false;
  }

  final void endBackward() {
    backwardDone = true;
  }

  final boolean isForwardDone() {
    return forwardDone;
  }

  final boolean isBackwardDone() {
    return backwardDone;
  }

  /** Returns the version of the weights in the last forward. */
  final long version() {
    return version;
  }

  /**
   * Checks that the operands of forward still exist, because freed memory may have been used again.
   */
  final void requireOperands() {
    requireKept("x", input.x());
    requireKept("hiddenMask", input.hiddenMask());
    requireKept("initial", input.initial());
    requireKept("y", output.y());
  }

  private static void requireKept(String name, RecurrentState state) {
    if (state != null) {
      requireKept(name, state.hidden());
      requireKept(name, state.cell());
    }
  }

  private static void requireKept(String name, Tensor tensor) {
    if (tensor != null && !tensor.isOpen()) {
      throw new ClosedException(
          "backward",
          name + " of the forward being differentiated, whose scope was closed or reset since",
          "the operands of forward as they were",
          "Keep their scope open until backward is done");
    }
  }
}
