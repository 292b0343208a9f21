package org.recur4j.api.cell;

import org.recur4j.api.ops.Ops;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.tensor.Tensor;

/** The vanilla cell (Elman 1990): h = φ(W_ih x + b_ih + W_hh h′ + b_hh). */
public final class VanillaCell extends ReferenceCell {
  VanillaCell(Parameters parameters, RecurrentSpec spec) {
    super(parameters, spec);
  }

  @Override
  public State step(Ops ops, Tensor x, State previous) {
    return State.of(
        ops.activate(phi(), ops.add(inputPart(ops, x), recurrentPart(ops, previous.hidden()))));
  }
}
