package org.recur4j.backend.cuda.kernel;

import static org.recur4j.backend.cuda.kernel.KernelContext.requireFloat;
import static org.recur4j.backend.cuda.kernel.KernelName.ADAM_UPDATE;
import static org.recur4j.backend.cuda.kernel.KernelName.CLIP_FACTOR;
import static org.recur4j.backend.cuda.kernel.KernelName.RMS_PROP_UPDATE;
import static org.recur4j.backend.cuda.kernel.KernelName.SGD_UPDATE;

import org.recur4j.api.kernel.Optimizers;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.cuda.driver.LaunchQueue;

/** Optimizer updates by the formulas of {@link Optimizers}. */
interface CudaOptimizers extends Optimizers {
  /** Returns the context shared by all kernel families. */
  KernelContext context();

  @Override
  default void clipFactor(Tensor squaredSum, double maximumNorm, Tensor factor) {
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context().begin(CLIP_FACTOR).tensor(squaredSum).tensor(factor).number(maximumNorm);
      queue.overElements(1);
    }
  }

  @Override
  default void sgd(
      Sgd settings,
      Tensor learningRate,
      Tensor gradientScale,
      Tensor gradient,
      Tensor velocity,
      Tensor parameter) {
    requireFloat("sgd", parameter);
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context().begin(SGD_UPDATE).tensor(learningRate).tensor(gradientScale).tensor(gradient);
      queue.tensorOrNull(settings.momentum() == 0 ? null : velocity).tensor(parameter);
      queue.number(settings.momentum()).number(settings.weightDecay());
      queue.flag(settings.nesterov()).integer(parameter.size()).overElements(parameter.size());
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
    requireFloat("rmsProp", parameter);
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context().begin(RMS_PROP_UPDATE).tensor(learningRate).tensor(gradientScale).tensor(gradient);
      queue.tensor(squares).tensor(parameter).number(settings.decay()).number(1 - settings.decay());
      queue.number(settings.epsilon()).number(settings.weightDecay());
      queue.integer(parameter.size()).overElements(parameter.size());
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
    requireFloat("adam", parameter);
    double beta1 = settings.beta1();
    double beta2 = settings.beta2();
    LaunchQueue queue = context().queue;
    synchronized (queue) {
      context().begin(ADAM_UPDATE).tensor(learningRate).tensor(gradientScale).tensor(gradient);
      queue.tensor(first).tensor(second).tensor(parameter);
      queue.number(beta1).number(1 - beta1).number(beta2).number(1 - beta2);
      queue
          .number(1 / (1 - Math.pow(beta1, (double) step)))
          .number(1 / (1 - Math.pow(beta2, (double) step)));
      queue.number(settings.epsilon()).number(settings.weightDecay());
      queue.flag(settings.decoupled()).integer(parameter.size()).overElements(parameter.size());
    }
    parameter.markWritten();
  }
}
