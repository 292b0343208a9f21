package org.recur4j.conformance.toy;

import static org.recur4j.conformance.toy.Block.get;
import static org.recur4j.conformance.toy.Block.set;

import org.recur4j.api.kernel.Optimizers;
import org.recur4j.api.tensor.Tensor;

/** One loop over the parameter each. */
interface ToyOptimizers extends Optimizers {
  @Override
  default void clipFactor(Tensor squaredSum, double maximumNorm, Tensor factor) {
    double sum = get(squaredSum, 0);
    double ratio = sum == 0 ? 1 : Math.min(1, maximumNorm / Math.sqrt(sum));
    set(factor, 0, Double.isFinite(sum) ? ratio : 0);
  }

  @Override
  default void sgd(
      Sgd settings,
      Tensor learningRate,
      Tensor gradientScale,
      Tensor gradient,
      Tensor velocity,
      Tensor parameter) {
    if (get(gradientScale, 0) == 0) {
      return;
    }
    double momentum = settings.momentum();
    for (int i = 0; i < parameter.size(); i++) {
      double p = get(parameter, i);
      double g = get(gradientScale, 0) * get(gradient, i) + settings.weightDecay() * p;
      if (momentum > 0) {
        double v = momentum * get(velocity, i) + g;
        set(velocity, i, v);
        g = settings.nesterov() ? g + momentum * v : v;
      }
      set(parameter, i, p - get(learningRate, 0) * g);
    }
    parameter.markWritten();
  }

  @Override
  default void rmsProp(
      RmsProp settings,
      Tensor learningRate,
      Tensor gradientScale,
      Tensor gradient,
      Tensor squares,
      Tensor parameter) {
    if (get(gradientScale, 0) == 0) {
      return;
    }
    double decay = settings.decay();
    for (int i = 0; i < parameter.size(); i++) {
      double p = get(parameter, i);
      double g = get(gradientScale, 0) * get(gradient, i) + settings.weightDecay() * p;
      double s = decay * get(squares, i) + (1 - decay) * g * g;
      set(squares, i, s);
      set(parameter, i, p - get(learningRate, 0) * g / (Math.sqrt(s) + settings.epsilon()));
    }
    parameter.markWritten();
  }

  @Override
  default void adam(
      Adam settings,
      long step,
      Tensor learningRate,
      Tensor gradientScale,
      Tensor gradient,
      Tensor first,
      Tensor second,
      Tensor parameter) {
    if (get(gradientScale, 0) == 0) {
      return;
    }
    double beta1 = settings.beta1();
    double beta2 = settings.beta2();
    double rate = get(learningRate, 0);
    double decay = settings.weightDecay();
    for (int i = 0; i < parameter.size(); i++) {
      double p = get(parameter, i) * (settings.decoupled() ? 1 - rate * decay : 1);
      double g = get(gradientScale, 0) * get(gradient, i) + (settings.decoupled() ? 0 : decay * p);
      double m = beta1 * get(first, i) + (1 - beta1) * g;
      double v = beta2 * get(second, i) + (1 - beta2) * g * g;
      set(first, i, m);
      set(second, i, v);
      double unbiased = m / (1 - Math.pow(beta1, (double) step));
      double spread = Math.sqrt(v / (1 - Math.pow(beta2, (double) step)));
      set(parameter, i, p - rate * unbiased / (spread + settings.epsilon()));
    }
    parameter.markWritten();
  }
}
