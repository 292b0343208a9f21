package org.recur4j.models.training.optimizer;

import java.util.List;
import org.recur4j.api.kernel.Optimizers;

/**
 * The Adam and AdamW optimizers.
 *
 * @param learningRate the learning rate η
 * @param settings the settings β₁, β₂, ε, weight decay
 */
public record Adam(double learningRate, Optimizers.Adam settings) implements Optimizer {
  private static final String FIRST = "first";
  private static final String SECOND = "second";

  /** Checks the learning rate. */
  public Adam {
    Optimizer.checkLearningRate(learningRate);
  }

  @Override
  public List<String> slots() {
    return List.of(FIRST, SECOND);
  }

  @Override
  public void update(ParameterUpdate u) {
    u.kernels()
        .adam(
            settings,
            u.step(),
            u.learningRate(),
            u.scale(),
            u.gradient(),
            u.slot(FIRST),
            u.slot(SECOND),
            u.value());
  }

  @Override
  public String description() {
    return toString();
  }
}
