package org.recur4j.models.training.optimizer;

import java.util.List;
import org.recur4j.api.kernel.Optimizers;
import org.recur4j.api.tensor.Tensor;

/**
 * Stochastic gradient descent with momentum.
 *
 * @param learningRate the learning rate η
 * @param settings the momentum μ, weight decay and Nesterov momentum
 */
public record Sgd(double learningRate, Optimizers.Sgd settings) implements Optimizer {
  private static final String VELOCITY = "first";

  /** Checks the learning rate. */
  public Sgd {
    Optimizer.checkLearningRate(learningRate);
  }

  @Override
  public List<String> slots() {
    return settings.momentum() == 0 ? List.of() : List.of(VELOCITY);
  }

  @Override
  public void update(ParameterUpdate u) {
    Tensor velocity = settings.momentum() == 0 ? null : u.slot(VELOCITY);
    u.kernels().sgd(settings, u.learningRate(), u.scale(), u.gradient(), velocity, u.value());
  }

  @Override
  public String description() {
    return toString();
  }
}
