package org.recur4j.api.portable;

import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.kernel.Transfers;
import org.recur4j.api.recurrent.CellKind;
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
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/** The plan over primitives. It reads the weights in place and packs nothing. */
final class PortablePlan extends CheckedPlan<PortablePass> {
  private final Transfers transfers;
  private final RecurrentSpec spec;
  private final GateWeights[] gateWeights;
  private final ForwardSweep forwardSweep;
  private final BackwardSweep backwardSweep;

  PortablePlan(
      Kernels kernels,
      Transfers transfers,
      RecurrentSpec spec,
      RecurrentWeights weights,
      Verdict verdict) {
    super(spec, weights, verdict);
    this.transfers = transfers;
    this.spec = spec;
    this.gateWeights = new GateWeights[spec.directions()];
    for (int d = 0; d < gateWeights.length; d++) {
      gateWeights[d] = GateWeights.of(spec, weights.directions().get(d));
    }
    this.forwardSweep = new ForwardSweep(kernels, spec);
    this.backwardSweep = new BackwardSweep(kernels, spec, forwardSweep);
  }

  @Override
  protected PortablePass doOpen(Scope scope, Extent max, Mode mode) {
    return new PortablePass(this, scope, max, mode);
  }

  @Override
  protected void doForward(PortablePass pass, RecurrentInput in, RecurrentOutput out) {
    pass.begin(in, transfers);
    for (int d = 0; d < gateWeights.length; d++) {
      forwardSweep.run(pass, d, gateWeights[d], in, out);
    }
  }

  @Override
  protected void doBackward(
      PortablePass pass, RecurrentOutput dOut, RecurrentInput dIn, RecurrentGradients sums) {
    for (int d = 0; d < gateWeights.length; d++) {
      backwardSweep.run(
          pass, d, gateWeights[d], dOut, dIn, sums == null ? null : sums.directions().get(d));
    }
  }

  @Override
  protected void doRead(PortablePass pass, Trace what, Tensor target) {
    int blocks = what == Trace.GATES ? spec.gates() : 1;
    int width = blocks * spec.hiddenSize();
    Tensor flat = target.reshape(Shape.of(pass.steps(), pass.batch(), spec.directions() * width));
    for (int d = 0; d < spec.directions(); d++) {
      for (int block = 0; block < blocks; block++) {
        Tensor series = traced(pass.buffers(d), what, block).whole();
        int from = d * width + block * spec.hiddenSize();
        forwardSweep.writeHalf(pass, d, series, flat, 2, from);
      }
    }
  }

  private Series traced(Buffers buffers, Trace what, int gate) {
    return switch (what) {
      case GATES -> spec.cell() == CellKind.VANILLA ? buffers.after : buffers.gates[gate];
      case CELL_STATES -> buffers.cellAfter;
      case STATE_GRADIENTS -> buffers.stateGradient;
    };
  }

  @Override
  protected void doRefresh() {
    // Nothing is packed.
  }

  @Override
  protected long packedBytes() {
    return 0;
  }

  @Override
  protected int callsPerForward() {
    return -1;
  }
}
