package org.recur4j.backend.ejml;

import static org.recur4j.backend.ejml.HeapStorage.doubles;
import static org.recur4j.backend.ejml.HeapStorage.floats;

import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.tensor.Tensor;

/**
 * All kernels on Java arrays, family by family down the chain of superclasses; here the optimisers,
 * which complete it. Thread-safe: what a call needs for itself it takes from a pool.
 */
final class EjmlKernels extends LossKernels implements Kernels {
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
    int firstOffset = first == null ? 0 : first.offset();
    int secondOffset = second == null ? 0 : second.offset();
    int n = parameter.size();
    if (scale == 0) {
      // A clip factor of 0 says that the gradient is not finite; 0 · NaN would still be NaN.
      return;
    }
    KernelScratch scratch = scratchPool.take();
    if (isSingle("optimiser", parameter)) {
      scratch.floatOptimiser.update(
          settings,
          step,
          (float) rate,
          (float) scale,
          floats(gradient),
          gradient.offset(),
          first == null ? null : floats(first),
          firstOffset,
          second == null ? null : floats(second),
          secondOffset,
          floats(parameter),
          parameter.offset(),
          n);
    } else {
      scratch.doubleOptimiser.update(
          settings,
          step,
          rate,
          scale,
          doubles(gradient),
          gradient.offset(),
          first == null ? null : doubles(first),
          firstOffset,
          second == null ? null : doubles(second),
          secondOffset,
          doubles(parameter),
          parameter.offset(),
          n);
    }
    scratchPool.give(scratch);
    parameter.markWritten();
  }
}
