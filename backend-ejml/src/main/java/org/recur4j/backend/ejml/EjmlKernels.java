package org.recur4j.backend.ejml;

import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.spi.DoubleOptimisers;
import org.recur4j.api.spi.ScratchPool;
import org.recur4j.api.spi.Workers;
import org.recur4j.api.tensor.Tensor;

/**
 * All kernels on Java arrays, family by family down the chain of superclasses; here the optimisers,
 * which complete it. Thread-safe: what a call needs for itself it takes from a pool.
 */
final class EjmlKernels extends LossKernels implements Kernels {
  private final ScratchPool<OptimiserCall> updates =
      new ScratchPool<>(() -> new OptimiserCall(scratchPool));

  private final DoubleOptimisers doubleOptimisers = new DoubleOptimisers(HeapStorage.ARRAYS);

  EjmlKernels(Workers workers, FloatEngine engine) {
    super(workers, engine);
  }

  @Override
  public void clipFactor(Tensor squaredSum, double maximumNorm, Tensor factor) {
    double sum = element(squaredSum, squaredSum.offset());
    double value;
    if (!Double.isFinite(sum)) {
      value = 0;
    } else {
      value = sum == 0 ? 1 : Math.min(1, maximumNorm / Math.sqrt(sum));
    }
    fill(value, factor, factor.offset(), 1);
  }

  @Override
  public void sgd(
      Sgd settings,
      Tensor learningRate,
      Tensor gradientScale,
      Tensor gradient,
      Tensor velocity,
      Tensor parameter) {
    if (isSingle("sgd", parameter)) {
      update(settings, 1, learningRate, gradientScale, gradient, velocity, null, parameter);
    } else {
      doubleOptimisers.sgd(settings, learningRate, gradientScale, gradient, velocity, parameter);
    }
  }

  @Override
  public void rmsProp(
      RmsProp settings,
      Tensor learningRate,
      Tensor gradientScale,
      Tensor gradient,
      Tensor squares,
      Tensor parameter) {
    if (isSingle("rmsProp", parameter)) {
      update(settings, 1, learningRate, gradientScale, gradient, squares, null, parameter);
    } else {
      doubleOptimisers.rmsProp(settings, learningRate, gradientScale, gradient, squares, parameter);
    }
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
    if (isSingle("adam", parameter)) {
      update(settings, step, learningRate, gradientScale, gradient, first, second, parameter);
    } else {
      doubleOptimisers.adam(
          settings, step, learningRate, gradientScale, gradient, first, second, parameter);
    }
  }

  private void update(
      Record settings,
      long step,
      Tensor learningRate,
      Tensor gradientScale,
      Tensor gradient,
      Tensor first,
      Tensor second,
      Tensor parameter) {
    double rate = element(learningRate, learningRate.offset());
    double scale = element(gradientScale, gradientScale.offset());
    if (scale == 0) {
      // A clip factor of 0 says that the gradient is not finite; 0 · NaN would still be NaN.
      return;
    }
    OptimiserCall call = updates.take();
    call.run(settings, step, rate, scale, gradient, first, second, parameter, workers);
    updates.give(call);
    parameter.markWritten();
  }
}
