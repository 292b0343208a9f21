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
 * A skeleton of a pass: which plan it belongs to, what it has run, and whether its scope is still
 * open. A backend's pass extends it and adds its workspace.
 */
public abstract class CheckedPass implements Pass {
  private final CheckedPlan<?> plan;
  private final Extent max;
  private final Mode mode;

  /** One element in the pass's scope, to notice that the scope was closed or reset. */
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
   * A pass that has not run; called from the plan's {@link CheckedPlan#doOpen}.
   *
   * @param plan the plan that opens it
   * @param scope what the pass dies with
   * @param max the largest batch it holds
   * @param mode what it keeps
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
   * Whether its scope still holds its memory.
   *
   * @return false after the scope was closed or reset
   */
  public final boolean isOpen() {
    return lifeline.isOpen();
  }

  /**
   * T of the last forward, or of the one that runs.
   *
   * @return the number of steps; 0 before the first forward
   */
  public final int steps() {
    return steps;
  }

  /**
   * B of the last forward, or of the one that runs.
   *
   * @return the number of sequences; 0 before the first forward
   */
  public final int batch() {
    return batch;
  }

  /**
   * What the last forward read, for backward.
   *
   * @return its x, lengths, initial state and mask; null before the first forward and in mode
   *     INFERENCE
   */
  public final RecurrentInput input() {
    return input;
  }

  /** Forgets the last forward and takes up the operands of the next. */
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

  /** The version of the weights that the last forward ran with. */
  final long version() {
    return version;
  }

  /** Backward may read what forward read: memory that is gone may already hold something else. */
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
