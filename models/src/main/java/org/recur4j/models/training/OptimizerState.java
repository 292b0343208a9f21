package org.recur4j.models.training;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.models.autodiff.Gradients;
import org.recur4j.models.training.optimizer.Optimizer;

/** What an optimizer remembers of each parameter, and the learning rate, on the device. */
final class OptimizerState {
  private final Backend backend;
  private final Optimizer optimizer;
  private final Gradients gradients;
  private final Tensor learningRate;
  private final List<Tensor> first = new ArrayList<>();
  private final List<Tensor> second = new ArrayList<>();
  private final double[] rate = {Double.NaN};
  private long steps;

  OptimizerState(Backend backend, Scope scope, Optimizer optimizer, Gradients gradients) {
    this.backend = backend;
    this.optimizer = optimizer;
    this.gradients = gradients;
    List<Parameter> parameters = gradients.parameters();
    this.learningRate = scope.create(parameters.get(0).value().dataType(), Shape.of(1));
    for (Parameter parameter : parameters) {
      first.add(zeros(scope, parameter.value()));
      second.add(optimizer instanceof Optimizer.Adam ? zeros(scope, parameter.value()) : null);
    }
  }

  private Tensor zeros(Scope scope, Tensor like) {
    Tensor zeros = scope.create(like.dataType(), like.shape());
    backend.kernels().fill(0, zeros);
    return zeros;
  }

  /** Steps taken. */
  long steps() {
    return steps;
  }

  /** Goes on as after so many steps; the {@link #memory} is set by the caller. */
  void resume(long stepsTaken) {
    steps = stepsTaken;
  }

  /** What it remembers, under unique names. */
  List<Parameter> memory() {
    List<Parameter> memory = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      String name = gradients.parameters().get(i).name();
      memory.add(new Parameter("optimiser.first." + name, first.get(i)));
      if (second.get(i) != null) {
        memory.add(new Parameter("optimiser.second." + name, second.get(i)));
      }
    }
    return memory;
  }

  /**
   * Moves every parameter by its gradient times its one-element scale, with the optimizer's own
   * learning rate times a factor.
   */
  void step(List<Tensor> scales, double rateFactor) {
    steps++;
    double wanted = optimizer.learningRate() * rateFactor;
    if (wanted != rate[0]) {
      rate[0] = wanted;
      backend.upload(rate, 0, learningRate);
    }
    Kernels kernels = backend.kernels();
    List<Parameter> parameters = gradients.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      Tensor value = parameters.get(i).value();
      Tensor gradient = gradients.of(parameters.get(i));
      Tensor scale = scales.get(i);
      if (optimizer instanceof Optimizer.Sgd sgd) {
        Tensor velocity = sgd.settings().momentum() == 0 ? null : first.get(i);
        kernels.sgd(sgd.settings(), learningRate, scale, gradient, velocity, value);
      } else if (optimizer instanceof Optimizer.RmsProp rms) {
        kernels.rmsProp(rms.settings(), learningRate, scale, gradient, first.get(i), value);
      } else if (optimizer instanceof Optimizer.Adam adam) {
        kernels.adam(
            adam.settings(),
            steps,
            learningRate,
            scale,
            gradient,
            first.get(i),
            second.get(i),
            value);
      }
    }
  }
}
