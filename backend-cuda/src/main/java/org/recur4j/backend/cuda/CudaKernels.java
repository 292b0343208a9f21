package org.recur4j.backend.cuda;

import org.recur4j.api.kernel.Kernels;
import org.recur4j.api.tensor.Tensor;

/**
 * All kernels on the device, family by family down the chain of superclasses; here the optimisers,
 * which complete it. Calls return when the work is queued.
 */
final class CudaKernels extends LossKernels implements Kernels {
  private final Kernel clipFactor = module.kernel("clip_factor");
  private final Kernel sgdUpdate = module.kernel("sgd_update");
  private final Kernel rmsPropUpdate = module.kernel("rms_prop_update");
  private final Kernel adamUpdate = module.kernel("adam_update");

  CudaKernels(Device device) {
    super(device);
  }

  @Override
  public void clipFactor(Tensor squaredSum, double maximumNorm, Tensor factor) {
    synchronized (queue) {
      queue.begin(clipFactor).tensor(squaredSum).tensor(factor).number(maximumNorm);
      queue.overElements(1);
    }
  }

  @Override
  public void sgd(
      Sgd settings,
      Tensor learningRate,
      Tensor gradientScale,
      Tensor gradient,
      Tensor velocity,
      Tensor parameter) {
    requireFloat("sgd", parameter);
    synchronized (queue) {
      queue.begin(sgdUpdate).tensor(learningRate).tensor(gradientScale).tensor(gradient);
      queue.tensorOrNull(settings.momentum() == 0 ? null : velocity).tensor(parameter);
      queue.number(settings.momentum()).number(settings.weightDecay());
      queue.flag(settings.nesterov()).integer(parameter.size()).overElements(parameter.size());
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
    requireFloat("rmsProp", parameter);
    synchronized (queue) {
      queue.begin(rmsPropUpdate).tensor(learningRate).tensor(gradientScale).tensor(gradient);
      queue.tensor(squares).tensor(parameter).number(settings.decay()).number(1 - settings.decay());
      queue.number(settings.epsilon()).number(settings.weightDecay());
      queue.integer(parameter.size()).overElements(parameter.size());
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
    requireFloat("adam", parameter);
    double beta1 = settings.beta1();
    double beta2 = settings.beta2();
    synchronized (queue) {
      queue.begin(adamUpdate).tensor(learningRate).tensor(gradientScale).tensor(gradient);
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
