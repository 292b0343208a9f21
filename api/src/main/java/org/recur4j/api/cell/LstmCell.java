package org.recur4j.api.cell;

import org.recur4j.api.ops.Ops;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.tensor.Tensor;

/**
 * Long short-term memory (Hochreiter, Schmidhuber 1997; Gers et al. 2000), as in PyTorch: i, f, o =
 * σ(·), g = φ(·), c = f·c′ + i·g, h = o·φ(c).
 */
public final class LstmCell extends ReferenceCell {
  LstmCell(Parameters parameters, RecurrentSpec spec) {
    super(parameters, spec);
  }

  @Override
  public State initialState(Ops ops, int batch) {
    return State.of(
        ops.zeros(spec().dataType(), batch, hiddenSize()),
        ops.zeros(spec().dataType(), batch, hiddenSize()));
  }

  @Override
  public State step(Ops ops, Tensor x, State previous) {
    Tensor z = ops.add(inputPart(ops, x), recurrentPart(ops, previous.hidden()));
    Tensor i = ops.activate(sigma(), gate(ops, z, 0));
    Tensor f = ops.activate(sigma(), gate(ops, z, 1));
    Tensor g = ops.activate(phi(), gate(ops, z, 2));
    Tensor o = ops.activate(sigma(), gate(ops, z, 3));
    Tensor c = ops.add(ops.multiply(f, previous.parts().get(1)), ops.multiply(i, g));
    return State.of(ops.multiply(o, ops.activate(phi(), c)), c);
  }
}
