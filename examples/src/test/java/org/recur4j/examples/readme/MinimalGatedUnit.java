package org.recur4j.examples.readme;

import java.util.List;
import org.recur4j.api.cell.Cell;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.cell.Parameters;
import org.recur4j.api.cell.State;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;

// README: begin
/**
 * The minimal gated unit (Zhou et al. 2016): one gate f, h = (1 − f)·h′ + f·tanh(W x + U (f·h′)).
 */
record MinimalGatedUnit(int hiddenSize, Parameter wf, Parameter uf, Parameter w, Parameter u)
    implements Cell {
  MinimalGatedUnit(Parameters from, int inputSize, int size) {
    this(
        size,
        from.input("wf", 1, size, inputSize),
        from.recurrent("uf", 1, size),
        from.input("w", 1, size, inputSize),
        from.recurrent("u", 1, size));
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(wf, uf, w, u);
  }

  @Override
  public State initialState(Ops ops, int batch) {
    return State.of(ops.zeros(DataType.FLOAT32, batch, hiddenSize));
  }

  @Override
  public State step(Ops ops, Tensor x, State previous) {
    Tensor h = previous.hidden();
    Tensor f =
        ops.sigmoid(ops.add(ops.linear(x, wf.value(), null), ops.linear(h, uf.value(), null)));
    Tensor n =
        ops.tanh(
            ops.add(
                ops.linear(x, w.value(), null), ops.linear(ops.multiply(f, h), u.value(), null)));
    return State.of(ops.add(h, ops.multiply(f, ops.subtract(n, h))));
  }
}
// README: end
