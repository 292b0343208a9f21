package org.recur4j.conformance.toy;

import static org.recur4j.conformance.toy.Block.get;
import static org.recur4j.conformance.toy.Block.set;

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
import org.recur4j.api.tensor.Tensor;

/**
 * The toy's fused LSTM: each row of each direction after the other, by the equations in {@link
 * ToySweep}. What comes here has been checked.
 */
final class ToyPlan extends CheckedPlan<ToyPass> {
  private final ToyWeights packed;
  private final ToySweep sweep;

  ToyPlan(RecurrentSpec spec, RecurrentWeights weights, Verdict verdict) {
    super(spec, weights, verdict);
    this.packed = new ToyWeights(spec, weights);
    this.sweep = new ToySweep(spec, packed);
  }

  @Override
  protected ToyPass doOpen(Scope scope, Extent max, Mode mode) {
    return new ToyPass(this, scope, max, mode);
  }

  @Override
  protected void doForward(ToyPass pass, RecurrentInput in, RecurrentOutput out) {
    pass.take(in.lengths());
    for (int d = 0; d < spec().directions(); d++) {
      for (int b = 0; b < pass.batch(); b++) {
        sweep.forward(pass, d, b, in, out);
      }
    }
  }

  @Override
  protected void doBackward(
      ToyPass pass, RecurrentOutput dOut, RecurrentInput dIn, RecurrentGradients sums) {
    if (dIn.x() != null) {
      clear(dIn.x());
    }
    for (int d = 0; d < spec().directions(); d++) {
      for (int b = 0; b < pass.batch(); b++) {
        sweep.backward(pass, d, b, dOut, dIn);
      }
      sweep.deliver(pass, sums == null ? null : sums.directions().get(d));
    }
  }

  private static void clear(Tensor tensor) {
    for (int i = 0; i < tensor.size(); i++) {
      set(tensor, i, 0);
    }
  }

  /** Past a row's length there is nothing to show, and exact zeros are shown. */
  @Override
  protected void doRead(ToyPass pass, Trace what, Tensor target) {
    int width = (what == Trace.GATES ? spec().gates() : 1) * spec().hiddenSize();
    for (int i = 0; i < target.size(); i++) {
      int place = i / width;
      int row = place / spec().directions() % pass.batch();
      int time = place / spec().directions() / pass.batch();
      set(target, i, time < pass.length(row) ? traced(pass, what, place, i % width) : 0);
    }
  }

  private double traced(ToyPass pass, Trace what, int place, int unit) {
    int h = spec().hiddenSize();
    return switch (what) {
      case GATES -> get(pass.gates, place * 4 * h + unit);
      case STATE_GRADIENTS -> get(pass.stateGradients, place * h + unit);
      case CELL_STATES -> {
        double i = get(pass.gates, place * 4 * h + unit);
        double f = get(pass.gates, place * 4 * h + h + unit);
        double g = get(pass.gates, place * 4 * h + 2 * h + unit);
        yield f * get(pass.cellBefore, place * h + unit) + i * g;
      }
    };
  }

  @Override
  protected void doRefresh() {
    packed.pack();
  }

  @Override
  protected long packedBytes() {
    return packed.bytes();
  }

  /** Pure Java makes no native call. */
  @Override
  protected int callsPerForward() {
    return 0;
  }
}
