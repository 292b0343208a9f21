package org.recur4j.backend.nd4j;

import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.RecurrentGradients;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.recurrent.Trace;
import org.recur4j.api.recurrent.Verdict;
import org.recur4j.api.spi.CheckedPlan;
import org.recur4j.api.spi.Workers;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;

/** A fused plan: packed weights, and passes that do the work. */
final class Nd4jPlan extends CheckedPlan<Nd4jPass> {
  /** Native calls of a forward grow with its steps. */
  private static final int CALLS_GROW_WITH_STEPS = -1;

  private final FusedCell cell;
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
    this.cell = FusedCell.of(spec);
    this.cut = UnitCut.of(spec.hiddenSize(), spec.directions());
    this.weights = new FusedWeights(spec, cell, cut, weights, memory);
    this.owner = owner;
    this.workers = workers;
  }

  @Override
  protected Nd4jPass doOpen(Scope scope, Extent max, Mode mode) {
    Workspace space = new Workspace(spec(), cell, cut, scope, max, mode);
    return new Nd4jPass(this, scope, max, mode, new FusedSequence(space, workers));
  }

  @Override
  protected void doForward(Nd4jPass pass, RecurrentInput in, RecurrentOutput out) {
    Workspace space = pass.sequence.space;
    space.call.forward(in, out);
    space.batch.of(pass.steps(), pass.batch(), in.lengths());
    pass.sequence.forward(weights);
  }

  @Override
  protected void doBackward(
      Nd4jPass pass, RecurrentOutput dOut, RecurrentInput dIn, RecurrentGradients sums) {
    pass.sequence.space.call.backward(dOut, dIn);
    pass.sequence.backward(weights, sums);
  }

  @Override
  protected void doRead(Nd4jPass pass, Trace what, Tensor target) {
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
