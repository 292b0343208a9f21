package org.recur4j.models.training.optimizer;

import java.util.List;
import org.recur4j.api.kernel.Optimizers;

/**
 * The RMSProp optimizer.
 *
 * @param learningRate the learning rate η
 * @param settings the settings α, ε, weight decay
 */
public record RmsProp(double learningRate, Optimizers.RmsProp settings) implements Optimizer {
  private static final String SQUARES = "first";

  /** Checks the learning rate. */
  public RmsProp {
    Optimizer.checkLearningRate(learningRate);
  }

  @Override
  public List<String> slots() {
    return List.of(SQUARES);
  }

  @Override
  public void update(ParameterUpdate u) {
    u.kernels()
        .rmsProp(settings, u.learningRate(), u.scale(), u.gradient(), u.slot(SQUARES), u.value());
  }

  @Override
  public String description() {
    return toString();
  }
}
