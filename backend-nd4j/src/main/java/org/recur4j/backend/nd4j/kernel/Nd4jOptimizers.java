package org.recur4j.backend.nd4j.kernel;

import java.nio.FloatBuffer;
import org.recur4j.api.kernel.Optimizers;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.nd4j.natives.NativeStorage;

/** Optimizer updates by the formulas of {@link Optimizers}, in single precision. */
interface Nd4jOptimizers extends Optimizers {
  /** Returns the context shared by all kernel families. */
  KernelContext context();

  @Override
  default void clipFactor(Tensor squaredSum, double maximumNorm, Tensor factor) {
    double sum = element(squaredSum);
    double value = sum == 0 ? 1 : Math.min(1, maximumNorm / Math.sqrt(sum));
    NativeStorage.floats("clipFactor", factor)
        .put(factor.offset(), (float) (Double.isFinite(sum) ? value : 0));
  }

  @Override
  default void sgd(
      Sgd settings,
      Tensor learningRate,
      Tensor gradientScale,
      Tensor gradient,
      Tensor velocity,
      Tensor parameter) {
    update(settings, 1, learningRate, gradientScale, gradient, velocity, null, parameter);
  }

  @Override
  default void rmsProp(
      RmsProp settings,
      Tensor learningRate,
      Tensor gradientScale,
      Tensor gradient,
      Tensor squares,
      Tensor parameter) {
    update(settings, 1, learningRate, gradientScale, gradient, squares, null, parameter);
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
    update(settings, step, learningRate, gradientScale, gradient, first, second, parameter);
  }

  /** Updates a parameter and its non-null optimizer states, chunk by chunk. */
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
      // A clip factor of 0 means that the gradient is not finite, and 0 · NaN would be NaN.
      return;
    }
    FloatBuffer target = NativeStorage.floats("optimizer", parameter);
    Chunks s = context().chunks.take();
    for (int i = 0; i < parameter.size(); i += Chunks.SIZE) {
      int n = Math.min(Chunks.SIZE, parameter.size() - i);
      NativeStorage.floats(gradient).get(gradient.offset() + i, s.a, 0, n);
      target.get(parameter.offset() + i, s.b, 0, n);
      load(first, i, s.c, n);
      load(second, i, s.d, n);
      if (settings instanceof Adam adam) {
        step(adam, step, rate, scale, s.a, s.c, s.d, s.b, n);
      } else if (settings instanceof RmsProp rmsProp) {
        step(rmsProp, rate, scale, s.a, s.c, s.b, n);
      } else {
        step((Sgd) settings, rate, scale, s.a, first == null ? null : s.c, s.b, n);
      }
      store(first, i, s.c, n);
      store(second, i, s.d, n);
      target.put(parameter.offset() + i, s.b, 0, n);
    }
    context().chunks.give(s);
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
    return NativeStorage.floats("optimizer", one).get(one.offset());
  }

  /** Updates n parameters p with gradients g; velocity v is null without momentum. */
  private static void step(
      Sgd settings, float rate, float scale, float[] g, float[] v, float[] p, int n) {
    float decay = (float) settings.weightDecay();
    float momentum = (float) settings.momentum();
    for (int j = 0; j < n; j++) {
      g[j] = scale * g[j] + decay * p[j];
    }
    if (v != null) {
      for (int j = 0; j < n; j++) {
        v[j] = momentum * v[j] + g[j];
      }
      // Nesterov's update is g + momentum·v; the plain update is v.
      float own = settings.nesterov() ? 1f : 0f;
      float ahead = settings.nesterov() ? momentum : 1f;
      for (int j = 0; j < n; j++) {
        g[j] = own * g[j] + ahead * v[j];
      }
    }
    for (int j = 0; j < n; j++) {
      p[j] = p[j] - rate * g[j];
    }
  }

  private static void step(
      RmsProp settings, float rate, float scale, float[] g, float[] s, float[] p, int n) {
    float keep = (float) settings.decay();
    float take = (float) (1 - settings.decay());
    float epsilon = (float) settings.epsilon();
    float decay = (float) settings.weightDecay();
    for (int j = 0; j < n; j++) {
      g[j] = scale * g[j] + decay * p[j];
      s[j] = keep * s[j] + take * g[j] * g[j];
    }
    for (int j = 0; j < n; j++) {
      p[j] = p[j] - rate * (g[j] / ((float) Math.sqrt(s[j]) + epsilon));
    }
  }

  private static void step(
      Adam settings,
      long step,
      float rate,
      float scale,
      float[] g,
      float[] m,
      float[] v,
      float[] p,
      int n) {
    float keep1 = (float) settings.beta1();
    float take1 = (float) (1 - settings.beta1());
    float keep2 = (float) settings.beta2();
    float take2 = (float) (1 - settings.beta2());
    boolean decoupled = settings.decoupled();
    float coupled = decoupled ? 0f : (float) settings.weightDecay();
    float shrink = decoupled ? (float) (1 - rate * settings.weightDecay()) : 1f;
    float pace = (float) (rate / (1 - Math.pow(settings.beta1(), (double) step)));
    float correction = (float) (1 / (1 - Math.pow(settings.beta2(), (double) step)));
    float epsilon = (float) settings.epsilon();
    for (int j = 0; j < n; j++) {
      float d = scale * g[j] + coupled * p[j];
      m[j] = keep1 * m[j] + take1 * d;
      v[j] = keep2 * v[j] + take2 * d * d;
    }
    for (int j = 0; j < n; j++) {
      float root = (float) Math.sqrt(v[j] * correction) + epsilon;
      p[j] = shrink * p[j] - pace * (m[j] / root);
    }
  }
}
