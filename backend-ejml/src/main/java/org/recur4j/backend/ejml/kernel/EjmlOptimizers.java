package org.recur4j.backend.ejml.kernel;

import static org.recur4j.backend.ejml.array.HeapStorage.element;
import static org.recur4j.backend.ejml.array.HeapStorage.fill;
import static org.recur4j.backend.ejml.array.HeapStorage.isSingle;

import org.recur4j.api.kernel.Optimizers;
import org.recur4j.api.tensor.Tensor;

/** Optimizer updates; for FLOAT32, divided among threads. */
interface EjmlOptimizers extends Optimizers, KernelFamily {
  @Override
  default void clipFactor(Tensor squaredSum, double maximumNorm, Tensor factor) {
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
  default void sgd(
      Sgd settings,
      Tensor learningRate,
      Tensor gradientScale,
      Tensor gradient,
      Tensor velocity,
      Tensor parameter) {
    if (isSingle("sgd", parameter)) {
      update(settings, 1, learningRate, gradientScale, gradient, velocity, null, parameter);
    } else {
      context()
          .doubleOptimizers
          .sgd(settings, learningRate, gradientScale, gradient, velocity, parameter);
    }
  }

  @Override
  default void rmsProp(
      RmsProp settings,
      Tensor learningRate,
      Tensor gradientScale,
      Tensor gradient,
      Tensor squares,
      Tensor parameter) {
    if (isSingle("rmsProp", parameter)) {
      update(settings, 1, learningRate, gradientScale, gradient, squares, null, parameter);
    } else {
      context()
          .doubleOptimizers
          .rmsProp(settings, learningRate, gradientScale, gradient, squares, parameter);
    }
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
    if (isSingle("adam", parameter)) {
      update(settings, step, learningRate, gradientScale, gradient, first, second, parameter);
    } else {
      context()
          .doubleOptimizers
          .adam(settings, step, learningRate, gradientScale, gradient, first, second, parameter);
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
      // A clip factor of 0 means that the gradient is not finite; 0 · NaN would still be NaN.
      return;
    }
    OptimizerCall call = context().updates.take();
    call.run(settings, step, rate, scale, gradient, first, second, parameter, context().workers);
    context().updates.give(call);
    parameter.markWritten();
  }
}
