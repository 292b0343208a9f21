package org.recur4j.models.training.optimizer;

import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Optimizers;

/** How gradients move weights; a description, PyTorch's defaults where the factory asks nothing. */
public sealed interface Optimizer {
  /**
   * The step size.
   *
   * @return η
   */
  double learningRate();

  /**
   * Stochastic gradient descent with momentum.
   *
   * @param learningRate η
   * @param settings μ, weight decay, Nesterov
   */
  record Sgd(double learningRate, Optimizers.Sgd settings) implements Optimizer {
    /** Checks the rate. */
    public Sgd {
      check(learningRate);
    }
  }

  /**
   * RMSProp.
   *
   * @param learningRate η
   * @param settings α, ε, weight decay
   */
  record RmsProp(double learningRate, Optimizers.RmsProp settings) implements Optimizer {
    /** Checks the rate. */
    public RmsProp {
      check(learningRate);
    }
  }

  /**
   * Adam and AdamW.
   *
   * @param learningRate η
   * @param settings β₁, β₂, ε, weight decay
   */
  record Adam(double learningRate, Optimizers.Adam settings) implements Optimizer {
    /** Checks the rate. */
    public Adam {
      check(learningRate);
    }
  }

  /**
   * SGD.
   *
   * @param learningRate η &gt; 0
   * @param momentum μ in [0, 1)
   * @return the description
   */
  static Optimizer sgd(double learningRate, double momentum) {
    return new Sgd(learningRate, new Optimizers.Sgd(momentum, 0, false));
  }

  /**
   * RMSProp with α = 0.99.
   *
   * @param learningRate η &gt; 0
   * @return the description
   */
  static Optimizer rmsProp(double learningRate) {
    return new RmsProp(learningRate, new Optimizers.RmsProp(0.99, 1e-8, 0));
  }

  /**
   * Adam with β₁ = 0.9, β₂ = 0.999.
   *
   * @param learningRate η &gt; 0
   * @return the description
   */
  static Optimizer adam(double learningRate) {
    return new Adam(learningRate, new Optimizers.Adam(0.9, 0.999, 1e-8, 0, false));
  }

  /**
   * Adam with decoupled weight decay.
   *
   * @param learningRate η &gt; 0
   * @param weightDecay at least 0
   * @return the description
   */
  static Optimizer adamW(double learningRate, double weightDecay) {
    return new Adam(learningRate, new Optimizers.Adam(0.9, 0.999, 1e-8, weightDecay, true));
  }

  private static void check(double learningRate) {
    if (!(learningRate > 0) || !Double.isFinite(learningRate)) {
      throw new InvalidArgumentException(
          "optimizer",
          "learning rate " + learningRate,
          "a finite number above 0",
          "Start with 0.001");
    }
  }
}
