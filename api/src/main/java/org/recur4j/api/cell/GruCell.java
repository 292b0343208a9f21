package org.recur4j.api.cell;

import org.recur4j.api.ops.Ops;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.ResetVariant;
import org.recur4j.api.tensor.Tensor;

/**
 * Gated recurrent unit (Cho et al. 2014): r, z = σ(·), h = (1 − z)·n + z·h′, where the candidate is
 * n = φ(x_n + r·(W_hn h′ + b_hn)) (PyTorch) or n = φ(x_n + W_hn (r·h′) + b_hn) (the paper).
 */
public final class GruCell extends ReferenceCell {
  GruCell(Parameters parameters, RecurrentSpec spec) {
    super(parameters, spec);
  }

  @Override
  public State step(Ops ops, Tensor x, State previous) {
    return step(ops, x, previous.hidden(), previous.hidden());
  }

  @Override
  public State maskedStep(Ops ops, Tensor x, State previous, Tensor hiddenMask) {
    return step(ops, x, previous.hidden(), ops.multiply(previous.hidden(), hiddenMask));
  }

  /**
   * Computes one step; recurrent weights multiply {@code read}, and z multiplies {@code carried}.
   */
  private State step(Ops ops, Tensor x, Tensor carried, Tensor read) {
    Tensor zx = inputPart(ops, x);
    Tensor r = ops.activate(sigma(), ops.add(gate(ops, zx, 0), recurrentGate(ops, read, 0)));
    Tensor z = ops.activate(sigma(), ops.add(gate(ops, zx, 1), recurrentGate(ops, read, 1)));
    Tensor recurrent =
        spec().reset() == ResetVariant.AFTER_PRODUCT
            ? ops.multiply(r, recurrentGate(ops, read, 2))
            : recurrentGate(ops, ops.multiply(r, read), 2);
    Tensor n = ops.activate(phi(), ops.add(gate(ops, zx, 2), recurrent));
    return State.of(ops.add(n, ops.multiply(z, ops.subtract(carried, n))));
  }
}
