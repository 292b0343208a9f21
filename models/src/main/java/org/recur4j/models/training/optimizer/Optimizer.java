package org.recur4j.models.training.optimizer;

import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Optimizers;

/**
 * How gradients move weights. It holds no tensors itself: what it remembers of each parameter
 * stands in the slots it declares, which the trainer makes, keeps and writes into checkpoints. One
 * of your own is a class, best a record, that implements this interface.
 */
public interface Optimizer {
  /**
   * The step size.
   *
   * @return η, a finite number above 0
   */
  double learningRate();

  /**
   * What it remembers of each parameter: a tensor of the parameter's type and shape for each name,
   * 0 before the first step. A checkpoint stores it as {@code optimiser.<slot>.<parameter>}.
   *
   * @return unique names of letters, digits, hyphens and underscores; none unless overridden
   */
  default List<String> slots() {
    return List.of();
  }

  /**
   * Moves one parameter. Called for every parameter of every step, in their order.
   *
   * @param update the parameter, its gradient and its slots
   */
  void update(ParameterUpdate update);

  /**
   * What it is, with all its settings. A checkpoint keeps the text, and is refused when training is
   * to be resumed with an optimizer that has another one.
   *
   * @return the same text for the same settings in every process; that of a record is
   */
  String description();

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

  /**
   * Checks a learning rate. Training checks every optimizer's; one that does it when it is made
   * finds the mistake sooner.
   *
   * @param learningRate η
   * @throws InvalidArgumentException if it is not a finite number above 0
   */
  static void checkLearningRate(double learningRate) {
    if (!(learningRate > 0) || !Double.isFinite(learningRate)) {
      throw new InvalidArgumentException(
          "optimizer",
          "learning rate " + learningRate,
          "a finite number above 0",
          "Start with 0.001");
    }
  }
}
