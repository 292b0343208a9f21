package org.recur4j.examples.bench;

import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentState;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/** One step of one row through a plan: numbers in, hidden state out, the state carried. */
final class PlanStepSubject implements Subject {
  private final Layer layer;
  private final Pass pass;
  private final RecurrentInput in;
  private final RecurrentOutput out;
  private final float[] x;
  private final float[] y;

  PlanStepSubject(Layer layer) {
    this.layer = layer;
    this.pass = layer.plan().open(layer.scope(), new Extent(1, 1), Mode.INFERENCE);
    RecurrentSpec spec = layer.spec();
    RecurrentState state = new RecurrentState(state(), spec.hasCellState() ? state() : null);
    this.in = new RecurrentInput(layer.input(1).x(), null, state, null);
    this.out = new RecurrentOutput(layer.output(1).y(), state);
    this.x = PreparedBatch.numbers(spec.inputSize(), 0);
    this.y = new float[spec.outputSize()];
  }

  private Tensor state() {
    Tensor state = layer.create(Shape.of(1, 1, layer.spec().hiddenSize()));
    layer.backend().kernels().fill(0, state);
    return state;
  }

  @Override
  public void step() {
    layer.backend().upload(x, 0, in.x());
    layer.plan().forward(pass, in, out);
    layer.backend().download(out.y(), y, 0);
  }

  @Override
  public void close() {
    layer.close();
  }
}
