package org.recur4j.backend.nd4j;

import java.nio.FloatBuffer;
import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.spi.Workers;
import org.recur4j.api.tensor.Tensor;

/**
 * All kernels, family by family down the chain of superclasses; here the optimisers, which complete
 * it. Thread-safe: what a call needs for itself it takes from a pool.
 */
final class Nd4jKernels extends LossKernels implements Kernels {
  Nd4jKernels(Workers workers) {
    super(workers);
  }

  @Override
  public void clipFactor(Tensor squaredSum, double maximumNorm, Tensor factor) {
    double sum = element(squaredSum);
    double value = sum == 0 ? 1 : Math.min(1, maximumNorm / Math.sqrt(sum));
    floats("clipFactor", factor).put(factor.offset(), (float) (Double.isFinite(sum) ? value : 0));
  }

  @Override
  public void sgd(
      Sgd settings,
      Tensor learningRate,
      Tensor gradientScale,
      Tensor gradient,
      Tensor velocity,
      Tensor parameter) {
    update(settings, 1, learningRate, gradientScale, gradient, velocity, null, parameter);
  }

  @Override
  public void rmsProp(
      RmsProp settings,
      Tensor learningRate,
      Tensor gradientScale,
      Tensor gradient,
      Tensor squares,
      Tensor parameter) {
    update(settings, 1, learningRate, gradientScale, gradient, squares, null, parameter);
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
    update(settings, step, learningRate, gradientScale, gradient, first, second, parameter);
  }

  /** One pass over parameter, gradient and the states there are, chunk by chunk. */
  private void update(
      Record settings,
      long step,
      Tensor learningRate,
      Tensor gradientScale,
      Tensor gradient,
      Tensor first,
      Tensor second,
      Tensor parameter) {
    float rate = element(learningRate);
    float scale = element(gradientScale);
    if (scale == 0f) {
      // A clip factor of 0 says that the gradient is not finite; 0 · NaN would still be NaN.
      return;
    }
    FloatBuffer target = floats("optimiser", parameter);
    Chunks s = pool.take();
    for (int i = 0; i < parameter.size(); i += Chunks.SIZE) {
      int n = Math.min(Chunks.SIZE, parameter.size() - i);
      NativeStorage.floats(gradient).get(gradient.offset() + i, s.a, 0, n);
      target.get(parameter.offset() + i, s.b, 0, n);
      load(first, i, s.c, n);
      load(second, i, s.d, n);
      if (settings instanceof Adam adam) {
        Updates.adam(adam, step, rate, scale, s.a, s.c, s.d, s.b, n);
      } else if (settings instanceof RmsProp rmsProp) {
        Updates.rmsProp(rmsProp, rate, scale, s.a, s.c, s.b, n);
      } else {
        Updates.sgd((Sgd) settings, rate, scale, s.a, first == null ? null : s.c, s.b, n);
      }
      store(first, i, s.c, n);
      store(second, i, s.d, n);
      target.put(parameter.offset() + i, s.b, 0, n);
    }
    pool.give(s);
    parameter.markWritten();
  }

  private static void load(Tensor state, int from, float[] to, int n) {
    if (state != null) {
      NativeStorage.floats(state).get(state.offset() + from, to, 0, n);
    }
  }

  private static void store(Tensor state, int to, float[] from, int n) {
    if (state != null) {
      NativeStorage.floats(state).put(state.offset() + to, from, 0, n);
    }
  }

  private static float element(Tensor one) {
    return floats("optimiser", one).get(one.offset());
  }
}
