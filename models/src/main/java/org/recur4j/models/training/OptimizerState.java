package org.recur4j.models.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.ops.EagerOps;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.autodiff.Gradients;
import org.recur4j.models.training.optimizer.Optimizer;
import org.recur4j.models.training.optimizer.ParameterUpdate;

/** The state of an optimizer for each parameter, and the learning rate, on the device. */
final class OptimizerState {
  /** The prefix of the names of slots in checkpoints. */
  static final String PREFIX = "optimiser.";

  private final Backend backend;
  private final Optimizer optimizer;
  private final Gradients gradients;
  private final Scope scratch;
  private final Ops ops;
  private final Tensor learningRate;
  private final List<Map<String, Tensor>> slots = new ArrayList<>();
  private final double[] rate = {Double.NaN};
  private long steps;

  OptimizerState(Backend backend, Scope scope, Optimizer optimizer, Gradients gradients) {
    this.backend = backend;
    this.optimizer = optimizer;
    this.gradients = gradients;
    this.scratch = scope.child("optimizer");
    this.ops = new EagerOps(backend, scratch);
    List<String> names = optimizer.slots();
    List<Parameter> parameters = gradients.parameters();
    this.learningRate = scope.create(parameters.get(0).value().dataType(), Shape.of(1));
    for (Parameter parameter : parameters) {
      Map<String, Tensor> ofParameter = new LinkedHashMap<>();
      names.forEach(name -> ofParameter.put(name, zeros(scope, parameter.value())));
      slots.add(Collections.unmodifiableMap(ofParameter));
    }
  }

  private Tensor zeros(Scope scope, Tensor like) {
    Tensor zeros = scope.create(like.dataType(), like.shape());
    backend.kernels().fill(0, zeros);
    return zeros;
  }

  /** Returns the number of steps taken. */
  long steps() {
    return steps;
  }

  /** Sets the number of steps taken, to resume; the caller restores the {@link #memory}. */
  void resume(long stepsTaken) {
    steps = stepsTaken;
  }

  /** Returns the slots under unique names. */
  List<Parameter> memory() {
    List<Parameter> memory = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      String name = gradients.parameters().get(i).name();
      slots
          .get(i)
          .forEach((slot, value) -> memory.add(new Parameter(PREFIX + slot + "." + name, value)));
    }
    return memory;
  }

  /**
   * Updates every parameter by its gradient times its one-element scale, with the optimizer's
   * learning rate multiplied by a factor.
   */
  void step(List<Tensor> scales, double rateFactor) {
    steps++;
    double wanted = optimizer.learningRate() * rateFactor;
    if (wanted != rate[0]) {
      rate[0] = wanted;
      backend.upload(rate, 0, learningRate);
    }
    List<Parameter> parameters = gradients.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      Tensor value = parameters.get(i).value();
      Tensor gradient = gradients.of(parameters.get(i));
      optimizer.update(
          new ParameterUpdate(
              ops, steps, learningRate, scales.get(i), gradient, slots.get(i), value));
      scratch.reset();
    }
  }
}
