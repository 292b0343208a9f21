package org.recur4j.backend.nd4j;

import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.tensor.Tensor;

/** One caller's walk through a fused sequence, and how far it has come. */
final class Nd4jPass implements Pass {
  final FusedSequence sequence;
  private final Nd4jPlan plan;
  private final Extent max;
  private final Mode mode;
  private final Tensor lifeline;

  /** The version of the weights the last forward ran with. */
  long forwardVersion;

  private Tensor x;
  private Tensor hiddenMask;
  boolean forwardDone;
  boolean backwardDone;

  Nd4jPass(Nd4jPlan plan, FusedSequence sequence, Extent max, Mode mode) {
    this.plan = plan;
    this.sequence = sequence;
    this.max = max;
    this.mode = mode;
    this.lifeline = sequence.space.lifeline();
  }

  @Override
  public RecurrentPlan plan() {
    return plan;
  }

  @Override
  public Extent max() {
    return max;
  }

  @Override
  public Mode mode() {
    return mode;
  }

  @Override
  public long workspaceBytes() {
    return sequence.space.bytes();
  }

  /** Remembers what backward will read again. */
  void keep(RecurrentInput in) {
    x = in.x();
    hiddenMask = in.hiddenMask();
  }

  /** Whether what forward read is still there: native memory that is gone must not be touched. */
  boolean hasInput() {
    return x.isOpen() && (hiddenMask == null || hiddenMask.isOpen());
  }

  /** Whether the scope it was opened in still holds its memory. */
  boolean isOpen() {
    return lifeline.isOpen();
  }
}
