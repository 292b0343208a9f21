package org.recur4j.examples.bench;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/** One forward call of a recurrent plan, input and output on the device. */
final class SequenceSubject implements Subject {
  private final Backend backend;
  private final Scope scope;
  private final RecurrentPlan plan;
  private final Pass pass;
  private final RecurrentInput in;
  private final RecurrentOutput out;

  SequenceSubject(Workload workload, Backend backend) {
    this.backend = backend;
    this.scope = backend.scope("bench " + workload);
    RecurrentSpec spec = workload.firstLayer();
    this.plan = backend.recurrence().plan(spec, weights(spec), Fusion.AUTO);
    this.pass = plan.open(scope, new Extent(workload.steps(), workload.batch()), Mode.INFERENCE);
    Shape shape = Shape.of(workload.steps(), workload.batch(), spec.inputSize());
    this.in = new RecurrentInput(random(shape, 1, 0), null, null, null);
    this.out =
        new RecurrentOutput(scope.create(DataType.FLOAT32, shape.with(2, spec.outputSize())), null);
  }

  private RecurrentWeights weights(RecurrentSpec spec) {
    int rows = spec.gates() * spec.hiddenSize();
    float bound = (float) (1 / Math.sqrt(spec.hiddenSize()));
    List<DirectionWeights> directions = new ArrayList<>();
    for (int d = 0; d < spec.directions(); d++) {
      int place = 1 + 4 * d;
      directions.add(
          new DirectionWeights(
              random(Shape.of(rows, spec.inputSize()), bound, place),
              random(Shape.of(rows, spec.hiddenSize()), bound, place + 1),
              random(Shape.of(rows), bound, place + 2),
              random(Shape.of(rows), bound, place + 3)));
    }
    return new RecurrentWeights(directions);
  }

  private Tensor random(Shape shape, float bound, int place) {
    Tensor tensor = scope.create(DataType.FLOAT32, shape);
    float[] numbers = PreparedBatch.numbers(tensor.size(), place);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] *= bound;
    }
    backend.upload(numbers, 0, tensor);
    return tensor;
  }

  @Override
  public void step() {
    plan.forward(pass, in, out);
    backend.synchronize();
  }

  @Override
  public void close() {
    plan.close();
    scope.close();
  }
}
