package org.recur4j.examples.bench;

import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;

/** One forward call of a recurrent plan, input and output on the device. */
final class SequenceSubject implements Subject {
  private final Layer layer;
  private final Pass pass;
  private final RecurrentInput in;
  private final RecurrentOutput out;

  SequenceSubject(Layer layer) {
    int steps = layer.workload().steps();
    this.layer = layer;
    this.pass =
        layer
            .plan()
            .open(layer.scope(), new Extent(steps, layer.workload().batch()), Mode.INFERENCE);
    this.in = layer.input(steps);
    this.out = layer.output(steps);
  }

  @Override
  public void step() {
    layer.plan().forward(pass, in, out);
    layer.backend().synchronize();
  }

  @Override
  public void close() {
    layer.close();
  }
}
