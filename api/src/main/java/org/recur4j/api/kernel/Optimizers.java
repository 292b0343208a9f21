package org.recur4j.api.kernel;

import org.recur4j.api.tensor.Tensor;

/**
 * Optimizer updates, each a single pass over a parameter. The gradient is first multiplied by the
 * tensor {@code gradientScale} (the clip factor), the step by the tensor {@code learningRate}; both
 * have one element and stay on the device. All tensors have the parameter's data type. Every update
 * counts as a write of the parameter ({@link Tensor#version}).
 *
 * <p>If the scale is exactly 0, the update is skipped: parameter and optimizer state are unchanged,
 * including weight decay and momentum, and the gradient, which may not be finite, is not read.
 */
public interface Optimizers {
  /**
   * Computes factor = min(1, maximumNorm / √squaredSum), and 1 for a sum of 0. A sum that is not
   * finite gives 0, so that the next update is skipped.
   *
   * @param squaredSum one element: the sum of the squared gradients of all parameters
   * @param maximumNorm the largest norm, &gt; 0, or infinity for no clipping
   * @param factor one element, overwritten
   */
  void clipFactor(Tensor squaredSum, double maximumNorm, Tensor factor);

  /**
   * Updates a parameter by stochastic gradient descent, as PyTorch's SGD: g = scale·gradient +
   * weightDecay·p; with momentum μ &gt; 0, v = μ v + g and g = v (or g + μ v if Nesterov); p −= η
   * g. A velocity that starts at zero gives PyTorch's first step.
   *
   * @param settings μ, weight decay, Nesterov or not
   * @param learningRate η, one element
   * @param gradientScale the scale, one element
   * @param gradient same shape as the parameter
   * @param velocity same shape; null when μ = 0
   * @param parameter the parameter p, updated
   */
  void sgd(
      Sgd settings,
      Tensor learningRate,
      Tensor gradientScale,
      Tensor gradient,
      Tensor velocity,
      Tensor parameter);

  /**
   * Updates a parameter by RMSProp, as PyTorch: s = α s + (1 − α) g²; p −= η g / (√s + ε), with g
   * as in {@link #sgd}.
   *
   * @param settings α, ε, weight decay
   * @param learningRate η, one element
   * @param gradientScale the scale, one element
   * @param gradient same shape as the parameter
   * @param squares s, same shape, starts at 0
   * @param parameter the parameter p, updated
   */
  void rmsProp(
      RmsProp settings,
      Tensor learningRate,
      Tensor gradientScale,
      Tensor gradient,
      Tensor squares,
      Tensor parameter);

  /**
   * Updates a parameter by Adam (Kingma, Ba 2015, algorithm 1) or AdamW (Loshchilov, Hutter 2019):
   * m = β₁ m + (1 − β₁) g; v = β₂ v + (1 − β₂) g²; p −= η (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε).
   * Weight decay is added to g (Adam) or, decoupled, p is first multiplied by 1 − η · weightDecay
   * (AdamW).
   *
   * @param settings β₁, β₂, ε, weight decay, decoupled or not
   * @param step t, starting at 1
   * @param learningRate η, one element
   * @param gradientScale the scale, one element
   * @param gradient same shape as the parameter
   * @param first m, same shape, starts at 0
   * @param second v, same shape, starts at 0
   * @param parameter the parameter p, updated
   */
  void adam(
      Adam settings,
      long step,
      Tensor learningRate,
      Tensor gradientScale,
      Tensor gradient,
      Tensor first,
      Tensor second,
      Tensor parameter);

  /**
   * The constants of {@link #sgd}.
   *
   * @param momentum μ in [0, 1)
   * @param weightDecay the weight decay, ≥ 0
   * @param nesterov whether to use Nesterov momentum
   */
  record Sgd(double momentum, double weightDecay, boolean nesterov) {}

  /**
   * The constants of {@link #rmsProp}.
   *
   * @param decay α in [0, 1)
   * @param epsilon ε &gt; 0
   * @param weightDecay the weight decay, ≥ 0
   */
  record RmsProp(double decay, double epsilon, double weightDecay) {}

  /**
   * The constants of {@link #adam}.
   *
   * @param beta1 β₁ in [0, 1)
   * @param beta2 β₂ in [0, 1)
   * @param epsilon ε &gt; 0
   * @param weightDecay the weight decay, ≥ 0
   * @param decoupled whether the weight decay is decoupled; true for AdamW
   */
  record Adam(double beta1, double beta2, double epsilon, double weightDecay, boolean decoupled) {}
}
