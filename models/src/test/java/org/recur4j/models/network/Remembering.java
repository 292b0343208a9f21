package org.recur4j.models.network;

import java.util.List;
import java.util.function.BiFunction;
import org.recur4j.api.cell.Cell;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.cell.State;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;

/** A cell with a state of two parts that does not begin with zeros. */
public record Remembering(Parameter weight, BiFunction<Ops, Tensor, Tensor> first) implements Cell {
  private static final int SIZE = 4;

  public static Cell.Factory cell() {
    return with((ops, x) -> x);
  }

  /** A cell that does something to its input first. */
  public static Cell.Factory with(BiFunction<Ops, Tensor, Tensor> first) {
    return (from, inputSize) -> new Remembering(from.input("weight", 1, SIZE, inputSize), first);
  }

  @Override
  public List<Parameter> parameters() {
    return List.of(weight);
  }

  @Override
  public int hiddenSize() {
    return SIZE;
  }

  @Override
  public State initialState(Ops ops, int batch) {
    Tensor zeros = ops.zeros(DataType.FLOAT32, batch, SIZE);
    return State.of(ops.affine(1, zeros, 0.25), ops.affine(1, zeros, -0.5));
  }

  @Override
  public State step(Ops ops, Tensor x, State previous) {
    Tensor slow = previous.parts().get(1);
    Tensor in = ops.linear(first.apply(ops, x), weight.value(), null);
    Tensor h = ops.tanh(ops.add(ops.add(in, previous.hidden()), slow));
    return State.of(h, ops.affine(0.5, ops.add(slow, h), 0));
  }
}
