package org.recur4j.backend.ejml.sequence;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.recurrent.RecurrentGradients;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.recurrent.Trace;
import org.recur4j.api.recurrent.Verdict;
import org.recur4j.api.spi.CheckedPlan;
import org.recur4j.api.spi.FusedCell;
import org.recur4j.api.spi.Workers;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.ejml.engine.FloatEngine;

/** A fused plan, which holds the packed weights; its passes do the work. */
final class EjmlPlan extends CheckedPlan<EjmlPass> {
  private final FusedCell cell;
  private final FusedWeights weights;
  private final Workers workers;
  private final FloatEngine engine;

  EjmlPlan(
      RecurrentSpec spec,
      RecurrentWeights weights,
      Verdict verdict,
      Workers workers,
      FloatEngine engine) {
    super(spec, weights, verdict);
    this.cell = FusedCell.of(spec);
    this.weights = new FusedWeights(engine, cell, spec, weights);
    this.workers = workers;
    this.engine = engine;
  }

  @Override
  protected EjmlPass doOpen(Scope scope, Extent max, Mode mode) {
    RecurrentSpec spec = spec();
    boolean training = mode.keepsForBackward();
    if (training && spec.precision() != Precision.FULL) {
      throw new InvalidArgumentException(
          "open a pass",
          mode + " of a plan with precision " + spec.precision(),
          "INFERENCE: weights of low precision have no gradients",
          "Train at full precision and lower it afterward");
    }
    if (training) {
      weights.prepareBackward();
    }
    FusedSequence sequence =
        new FusedSequence(
            cell,
            spec.inputSize(),
            spec.hiddenSize(),
            spec.directions(),
            max.steps(),
            max.batch(),
            spec.hiddenMask(),
            training,
            workers,
            engine,
            spec.precision());
    sequence.arrays.reverse = spec.direction() == Direction.REVERSE;
    return new EjmlPass(this, scope, max, mode, cell, sequence);
  }

  @Override
  protected void doForward(EjmlPass pass, RecurrentInput in, RecurrentOutput out) {
    pass.forward(in, out, weights.packed());
  }

  @Override
  protected void doBackward(
      EjmlPass pass, RecurrentOutput dOut, RecurrentInput dIn, RecurrentGradients sums) {
    pass.backward(dOut, dIn, sums, weights.packed());
  }

  @Override
  protected void doRead(EjmlPass pass, Trace what, Tensor target) {
    pass.read(what, target);
  }

  @Override
  protected void doRefresh() {
    weights.pack();
  }

  @Override
  protected long packedBytes() {
    return weights.bytes();
  }

  @Override
  protected int callsPerForward() {
    return 0;
  }
}
