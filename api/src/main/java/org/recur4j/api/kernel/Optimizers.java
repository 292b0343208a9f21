package org.recur4j.api.kernel;

import org.recur4j.api.tensor.Tensor;

/**
 * Optimizer updates, each of them one pass over a parameter. The gradient is first multiplied by
 * the tensor {@code gradientScale} (the clip factor), the step by the tensor {@code learningRate};
 * both have one element and stay on the device. All tensors have the parameter's floating type.
 * Every update counts as a write of the parameter ({@link Tensor#version}).
 *
 * <p>A scale of exactly 0 skips the update: parameter and state stay as they are, weight decay and
 * momentum included, and the gradient, which may not be finite, is not read.
 */
public interface Optimizers {
  /**
   * Computes factor = min(1, maximumNorm / √squaredSum), and 1 for a sum of 0. A sum that is not
   * finite gives 0, so that the update that follows changes nothing.
   *
   * @param squaredSum one element: Σ over all parameters of the squared gradient
   * @param maximumNorm &gt; 0, or infinity for no clipping
   * @param factor one element, overwritten
   */
  void clipFactor(Tensor squaredSum, double maximumNorm, Tensor factor);

  /**
   * Stochastic gradient descent as PyTorch's SGD: g = scale·gradient + weightDecay·p; with momentum
   * μ &gt; 0, v = μ v + g and g = v (or g + μ v if Nesterov); p −= η g. A zero velocity at the
   * start gives PyTorch's first step.
   *
   * @param settings μ, weight decay, Nesterov
   * @param learningRate η, one element
   * @param gradientScale one element
   * @param gradient same shape as the parameter
   * @param velocity same shape; null when μ = 0
   * @param parameter updated
   */
  void sgd(
      Sgd settings,
      Tensor learningRate,
      Tensor gradientScale,
      Tensor gradient,
      Tensor velocity,
      Tensor parameter);

  /**
   * RMSProp as PyTorch's: s = α s + (1 − α) g²; p −= η g / (√s + ε), g as in {@link #sgd}.
   *
   * @param settings α, ε, weight decay
   * @param learningRate η, one element
   * @param gradientScale one element
   * @param gradient same shape as the parameter
   * @param squares same shape, starts at 0
   * @param parameter updated
   */
  void rmsProp(
      RmsProp settings,
      Tensor learningRate,
      Tensor gradientScale,
      Tensor gradient,
      Tensor squares,
      Tensor parameter);

  /**
   * Adam (Kingma, Ba 2015, algorithm 1) and AdamW (Loshchilov, Hutter 2019): m = β₁ m + (1 − β₁) g;
   * v = β₂ v + (1 − β₂) g²; p −= η (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε). Weight decay is added
   * to g (Adam) or, decoupled, p is first multiplied by 1 − η · weightDecay (AdamW).
   *
   * @param settings β₁, β₂, ε, weight decay, decoupled or not
   * @param step t, from 1
   * @param learningRate η, one element
   * @param gradientScale one element
   * @param gradient same shape as the parameter
   * @param first m, same shape, starts at 0
   * @param second v, same shape, starts at 0
   * @param parameter updated
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
   * Constants of {@link #sgd}.
   *
   * @param momentum μ in [0, 1)
   * @param weightDecay ≥ 0
   * @param nesterov whether to look ahead
   */
  record Sgd(double momentum, double weightDecay, boolean nesterov) {}

  /**
   * Constants of {@link #rmsProp}.
   *
   * @param decay α in [0, 1)
   * @param epsilon ε &gt; 0
   * @param weightDecay ≥ 0
   */
  record RmsProp(double decay, double epsilon, double weightDecay) {}

  /**
   * Constants of {@link #adam}.
   *
   * @param beta1 β₁ in [0, 1)
   * @param beta2 β₂ in [0, 1)
   * @param epsilon ε &gt; 0
   * @param weightDecay ≥ 0
   * @param decoupled true for AdamW
   */
  record Adam(double beta1, double beta2, double epsilon, double weightDecay, boolean decoupled) {}
}
