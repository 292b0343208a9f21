package org.recur4j.examples.bench;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;

/** The recurrent layer of a workload as a plan, with random weights that are always the same. */
final class Layer implements AutoCloseable {
  /** Steps over which precisions are compared: errors of a state add up. */
  private static final int COMPARED_STEPS = 100;

  private final Workload workload;
  private final Backend backend;
  private final Scope scope;
  private final RecurrentSpec spec;
  private final RecurrentPlan plan;

  Layer(Workload workload, Backend backend, Precision precision) {
    this.workload = workload;
    this.backend = backend;
    this.scope = backend.scope("bench " + workload);
    this.spec = workload.firstLayer(precision);
    RecurrentPlan planned = null;
    try {
      // A precision that no kernel has would be full precision under another name.
      Fusion fusion = precision == Precision.FULL ? Fusion.AUTO : Fusion.REQUIRE;
      planned = backend.recurrence().plan(spec, weights(), fusion);
    } finally {
      if (planned == null) {
        scope.close();
      }
    }
    this.plan = planned;
  }

  private RecurrentWeights weights() {
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
    Tensor tensor = create(shape);
    float[] numbers = PreparedBatch.numbers(tensor.size(), place);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] *= bound;
    }
    backend.upload(numbers, 0, tensor);
    return tensor;
  }

  Tensor create(Shape shape) {
    return scope.create(DataType.FLOAT32, shape);
  }

  /** Random numbers in [−1, 1) for so many steps of the workload's rows. */
  RecurrentInput input(int steps) {
    Shape shape = Shape.of(steps, workload.batch(), spec.inputSize());
    return new RecurrentInput(random(shape, 1, 0), null, null, null);
  }

  RecurrentOutput output(int steps) {
    Shape shape = Shape.of(steps, workload.batch(), spec.outputSize());
    return new RecurrentOutput(create(shape), null);
  }

  Backend backend() {
    return backend;
  }

  Scope scope() {
    return scope;
  }

  RecurrentSpec spec() {
    return spec;
  }

  RecurrentPlan plan() {
    return plan;
  }

  Workload workload() {
    return workload;
  }

  /** The largest difference of an output to that of full precision, over at least 100 steps. */
  static double difference(Workload workload, Backend backend, Precision precision) {
    if (precision == Precision.FULL) {
      return 0;
    }
    float[] exact = outputs(workload, backend, Precision.FULL);
    float[] rough = outputs(workload, backend, precision);
    double largest = 0;
    for (int i = 0; i < exact.length; i++) {
      largest = Math.max(largest, Math.abs((double) exact[i] - rough[i]));
    }
    return largest;
  }

  private static float[] outputs(Workload workload, Backend backend, Precision precision) {
    int steps = Math.max(COMPARED_STEPS, workload.steps());
    try (Layer layer = new Layer(workload, backend, precision)) {
      RecurrentOutput out = layer.output(steps);
      layer.plan.forward(
          layer.plan.open(layer.scope, new Extent(steps, workload.batch()), Mode.INFERENCE),
          layer.input(steps),
          out);
      float[] y = new float[out.y().size()];
      backend.download(out.y(), y, 0);
      return y;
    }
  }

  @Override
  public void close() {
    plan.close();
    scope.close();
  }
}
