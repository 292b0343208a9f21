package org.recur4j.models.training.optimizer;

import java.util.List;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.kernel.Optimizers;

/**
 * An optimizer. It holds no tensors itself: its state for each parameter is in the slots that it
 * declares, which the trainer allocates and saves in checkpoints. A custom optimizer is a class,
 * preferably a record, that implements this interface.
 */
public interface Optimizer {
  /**
   * Returns the learning rate.
   *
   * @return η, a finite number above 0
   */
  double learningRate();

  /**
   * Returns the names of the state tensors of each parameter. Each has the parameter's type and
   * shape and is 0 before the first step. A checkpoint stores it as {@code
   * optimiser.<slot>.<parameter>}.
   *
   * @return unique names of letters, digits, hyphens and underscores; empty by default
   */
  default List<String> slots() {
    return List.of();
  }

  /**
   * Updates one parameter. It is called for every parameter in every step, in the order of the
   * parameters.
   *
   * @param update the parameter, its gradient and its slots
   */
  void update(ParameterUpdate update);

  /**
   * Returns a description with all settings. A checkpoint stores it, and training with a different
   * description does not resume from it.
   *
   * @return the description, the same text for the same settings in every process, as {@code
   *     toString} of a record is
   */
  String description();

  /**
   * Returns stochastic gradient descent with momentum.
   *
   * @param learningRate the learning rate η &gt; 0
   * @param momentum the momentum μ in [0, 1)
   * @return the optimizer
   */
  static Optimizer sgd(double learningRate, double momentum) {
    return new Sgd(learningRate, new Optimizers.Sgd(momentum, 0, false));
  }

  /**
   * Returns RMSProp with α = 0.99.
   *
   * @param learningRate the learning rate η &gt; 0
   * @return the optimizer
   */
  static Optimizer rmsProp(double learningRate) {
    return new RmsProp(learningRate, new Optimizers.RmsProp(0.99, 1e-8, 0));
  }

  /**
   * Returns Adam with β₁ = 0.9 and β₂ = 0.999.
   *
   * @param learningRate the learning rate η &gt; 0
   * @return the optimizer
   */
  static Optimizer adam(double learningRate) {
    return new Adam(learningRate, new Optimizers.Adam(0.9, 0.999, 1e-8, 0, false));
  }

  /**
   * Returns AdamW, Adam with decoupled weight decay.
   *
   * @param learningRate the learning rate η &gt; 0
   * @param weightDecay the weight decay, at least 0
   * @return the optimizer
   */
  static Optimizer adamW(double learningRate, double weightDecay) {
    return new Adam(learningRate, new Optimizers.Adam(0.9, 0.999, 1e-8, weightDecay, true));
  }

  /**
   * Checks a learning rate. Training checks that of every optimizer; an optimizer that also checks
   * it in its constructor reports an error earlier.
   *
   * @param learningRate the learning rate η
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
