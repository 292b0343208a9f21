package org.recur4j.backend.ejml.kernel;

import org.recur4j.api.kernel.Optimizers.Adam;
import org.recur4j.api.kernel.Optimizers.RmsProp;
import org.recur4j.api.kernel.Optimizers.Sgd;

/**
 * Optimizer updates over {@code [from, to)} of arrays that share the index, in loops small enough
 * for the JIT compiler to vectorize.
 */
final class FloatUpdates {
  private FloatUpdates() {}

  static void sgd(
      Sgd settings, float rate, float scale, float[] g, float[] v, float[] p, int from, int to) {
    float decay = (float) settings.weightDecay();
    float momentum = (float) settings.momentum();
    if (v == null) {
      for (int j = from; j < to; j++) {
        p[j] = p[j] - rate * (scale * g[j] + decay * p[j]);
      }
    } else if (settings.nesterov()) {
      for (int j = from; j < to; j++) {
        float d = scale * g[j] + decay * p[j];
        float next = momentum * v[j] + d;
        v[j] = next;
        p[j] = p[j] - rate * (d + momentum * next);
      }
    } else {
      for (int j = from; j < to; j++) {
        float next = momentum * v[j] + (scale * g[j] + decay * p[j]);
        v[j] = next;
        p[j] = p[j] - rate * next;
      }
    }
  }

  static void rmsProp(
      RmsProp settings,
      float rate,
      float scale,
      float[] g,
      float[] s,
      float[] p,
      int from,
      int to) {
    float keep = (float) settings.decay();
    float take = (float) (1 - settings.decay());
    float epsilon = (float) settings.epsilon();
    float decay = (float) settings.weightDecay();
    for (int j = from; j < to; j++) {
      float d = scale * g[j] + decay * p[j];
      float next = keep * s[j] + take * d * d;
      s[j] = next;
      p[j] = p[j] - rate * (d / ((float) Math.sqrt(next) + epsilon));
    }
  }

  static void adam(
      Adam settings,
      long step,
      float rate,
      float scale,
      float[] g,
      float[] m,
      float[] v,
      float[] p,
      int from,
      int to) {
    float keep1 = (float) settings.beta1();
    float take1 = (float) (1 - settings.beta1());
    float keep2 = (float) settings.beta2();
    float take2 = (float) (1 - settings.beta2());
    float coupled = settings.decoupled() ? 0f : (float) settings.weightDecay();
    float shrink = settings.decoupled() ? (float) (1 - rate * settings.weightDecay()) : 1f;
    float correction1 = (float) (1 - Math.pow(settings.beta1(), (double) step));
    float correction2 = (float) (1 / (1 - Math.pow(settings.beta2(), (double) step)));
    for (int j = from; j < to; j++) {
      float d = scale * g[j] + coupled * p[j];
      m[j] = keep1 * m[j] + take1 * d;
      v[j] = keep2 * v[j] + take2 * d * d;
    }
    float stepSize = rate / correction1;
    float epsilon = (float) settings.epsilon();
    for (int j = from; j < to; j++) {
      p[j] = shrink * p[j] - stepSize * (m[j] / ((float) Math.sqrt(v[j] * correction2) + epsilon));
    }
  }
}
