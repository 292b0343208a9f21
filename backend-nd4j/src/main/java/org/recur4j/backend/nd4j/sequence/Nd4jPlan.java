package org.recur4j.backend.nd4j.sequence;

import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.RecurrentGradients;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.recurrent.Trace;
import org.recur4j.api.recurrent.Verdict;
import org.recur4j.api.spi.CheckedPass;
import org.recur4j.api.spi.CheckedPlan;
import org.recur4j.api.spi.FusedCell;
import org.recur4j.api.spi.Workers;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.nd4j.natives.NativeMemory;
import org.recur4j.backend.nd4j.natives.View;

/** A fused plan with packed weights. */
final class Nd4jPlan extends CheckedPlan<Nd4jPlan.FusedPass> {
  /**
   * The value of {@link #callsPerForward} if the number of calls depends on the number of steps.
   */
  private static final int CALLS_GROW_WITH_STEPS = -1;

  private final PlaneLayout layout;
  private final UnitCut cut;
  private final FusedWeights weights;
  private final Nd4jRecurrence owner;
  private final Workers workers;

  Nd4jPlan(
      RecurrentSpec spec,
      RecurrentWeights weights,
      Verdict verdict,
      Nd4jRecurrence owner,
      Workers workers,
      NativeMemory memory) {
    super(spec, weights, verdict);
    this.layout = PlaneLayout.of(FusedCell.of(spec));
    this.cut = UnitCut.of(spec.hiddenSize(), spec.directions());
    this.weights = new FusedWeights(spec, layout, cut, weights, memory);
    this.owner = owner;
    this.workers = workers;
  }

  /** A pass with its workspace. */
  static final class FusedPass extends CheckedPass {
    private final FusedSequence sequence;

    private FusedPass(Nd4jPlan plan, Scope scope, Extent max, Mode mode, FusedSequence sequence) {
      super(plan, scope, max, mode);
      this.sequence = sequence;
    }

    @Override
    public long workspaceBytes() {
      return sequence.space.bytes();
    }
  }

  @Override
  protected FusedPass doOpen(Scope scope, Extent max, Mode mode) {
    Workspace space = new Workspace(spec(), layout, cut, scope, max, mode);
    return new FusedPass(this, scope, max, mode, new FusedSequence(space, workers));
  }

  @Override
  protected void doForward(FusedPass pass, RecurrentInput in, RecurrentOutput out) {
    Workspace space = pass.sequence.space;
    space.call.forward(in, out);
    space.batch.of(pass.steps(), pass.batch(), in.lengths());
    pass.sequence.forward(weights);
  }

  @Override
  protected void doBackward(
      FusedPass pass, RecurrentOutput dOut, RecurrentInput dIn, RecurrentGradients sums) {
    pass.sequence.space.call.backward(dOut, dIn);
    pass.sequence.backward(weights, sums);
  }

  @Override
  protected void doRead(FusedPass pass, Trace what, Tensor target) {
    View view = new View();
    view.of(target);
    pass.sequence.read(what, view, target.extent(-1));
  }

  @Override
  protected void doRefresh() {
    weights.pack();
  }

  @Override
  protected void doClose() {
    owner.forget(this);
    weights.free();
  }

  @Override
  protected long packedBytes() {
    return weights.bytes();
  }

  @Override
  protected int callsPerForward() {
    return CALLS_GROW_WITH_STEPS;
  }
}
