package org.recur4j.api.spi;

import org.recur4j.api.kernel.Optimizers;
import org.recur4j.api.tensor.Tensor;

/**
 * FLOAT64 optimizer updates for a backend whose tensors are Java arrays; see {@link
 * DoubleArithmetic}. The one-element tensors are FLOAT64 too.
 */
public final class DoubleOptimizers implements Optimizers {
  private final JavaArrays arrays;

  /**
   * Creates kernels over a backend's arrays.
   *
   * @param arrays the arrays of the backend
   */
  public DoubleOptimizers(JavaArrays arrays) {
    this.arrays = arrays;
  }

  private double first(Tensor tensor) {
    return arrays.doubles(tensor)[tensor.offset()];
  }

  @Override
  public void clipFactor(Tensor squaredSum, double maximumNorm, Tensor factor) {
    double sum = first(squaredSum);
    double ratio = sum == 0 ? 1 : Math.min(1, maximumNorm / Math.sqrt(sum));
    arrays.doubles(factor)[factor.offset()] = Double.isFinite(sum) ? ratio : 0;
  }

  @Override
  public void sgd(
      Sgd settings,
      Tensor learningRate,
      Tensor gradientScale,
      Tensor gradient,
      Tensor velocity,
      Tensor parameter) {
    double rate = first(learningRate);
    double scale = first(gradientScale);
    if (scale == 0) {
      return;
    }
    double momentum = settings.momentum();
    double[] g = arrays.doubles(gradient);
    double[] v = velocity == null ? null : arrays.doubles(velocity);
    double[] p = arrays.doubles(parameter);
    for (int i = 0; i < parameter.size(); i++) {
      int at = parameter.offset() + i;
      double d = scale * g[gradient.offset() + i] + settings.weightDecay() * p[at];
      if (v != null) {
        double next = momentum * v[velocity.offset() + i] + d;
        v[velocity.offset() + i] = next;
        d = settings.nesterov() ? d + momentum * next : next;
      }
      p[at] = p[at] - rate * d;
    }
    parameter.markWritten();
  }

  @Override
  public void rmsProp(
      RmsProp settings,
      Tensor learningRate,
      Tensor gradientScale,
      Tensor gradient,
      Tensor squares,
      Tensor parameter) {
    double rate = first(learningRate);
    double scale = first(gradientScale);
    if (scale == 0) {
      return;
    }
    double[] g = arrays.doubles(gradient);
    double[] s = arrays.doubles(squares);
    double[] p = arrays.doubles(parameter);
    for (int i = 0; i < parameter.size(); i++) {
      int at = parameter.offset() + i;
      double d = scale * g[gradient.offset() + i] + settings.weightDecay() * p[at];
      double next = settings.decay() * s[squares.offset() + i] + (1 - settings.decay()) * d * d;
      s[squares.offset() + i] = next;
      p[at] = p[at] - rate * (d / (Math.sqrt(next) + settings.epsilon()));
    }
    parameter.markWritten();
  }

  @Override
  public void adam(
      Adam settings,
      long step,
      Tensor learningRate,
      Tensor gradientScale,
      Tensor gradient,
      Tensor first,
      Tensor second,
      Tensor parameter) {
    double rate = first(learningRate);
    double scale = first(gradientScale);
    if (scale == 0) {
      return;
    }
    double beta1 = settings.beta1();
    double beta2 = settings.beta2();
    double coupled = settings.decoupled() ? 0 : settings.weightDecay();
    double shrink = settings.decoupled() ? 1 - rate * settings.weightDecay() : 1;
    double stepSize = rate / (1 - Math.pow(beta1, (double) step));
    double correction = 1 / (1 - Math.pow(beta2, (double) step));
    double[] g = arrays.doubles(gradient);
    double[] m = arrays.doubles(first);
    double[] v = arrays.doubles(second);
    double[] p = arrays.doubles(parameter);
    for (int i = 0; i < parameter.size(); i++) {
      int at = parameter.offset() + i;
      int atM = first.offset() + i;
      int atV = second.offset() + i;
      double d = scale * g[gradient.offset() + i] + coupled * p[at];
      m[atM] = beta1 * m[atM] + (1 - beta1) * d;
      v[atV] = beta2 * v[atV] + (1 - beta2) * d * d;
      double spread = Math.sqrt(v[atV] * correction) + settings.epsilon();
      p[at] = shrink * p[at] - stepSize * (m[atM] / spread);
    }
    parameter.markWritten();
  }
}
