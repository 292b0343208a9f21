package org.recur4j.examples.session;

import java.util.List;
import org.recur4j.api.cell.Cell;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.cell.State;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;

/** h = tanh(W x) + h′ / 2, beginning with 1; a cell no plan knows. */
record DecayingCell(int hiddenSize, Parameter weight) implements Cell {
  static Cell.Factory factory(int size) {
    return (from, inputSize) -> new DecayingCell(size, from.input("weight", 1, size, inputSize));
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weight);
  }

  @Override
  public State initialState(Ops ops, int batch) {
    return State.of(ops.affine(0, ops.zeros(DataType.FLOAT32, batch, hiddenSize), 1));
  }

  @Override
  public State step(Ops ops, Tensor x, State previous) {
    Tensor news = ops.tanh(ops.linear(x, weight.value(), null));
    return State.of(ops.add(news, ops.affine(0.5, previous.hidden(), 0)));
  }
}
