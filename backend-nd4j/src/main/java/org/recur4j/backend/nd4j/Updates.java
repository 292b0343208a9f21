package org.recur4j.backend.nd4j;

import org.recur4j.api.kernel.Optimisers.Adam;
import org.recur4j.api.kernel.Optimisers.RmsProp;
import org.recur4j.api.kernel.Optimisers.Sgd;

/** Optimiser updates of n parameters p with gradients g, in the formulas of {@code Optimisers}. */
final class Updates {
  private Updates() {}

  /** v null without momentum. */
  static void sgd(Sgd settings, float rate, float scale, float[] g, float[] v, float[] p, int n) {
    float decay = (float) settings.weightDecay();
    float momentum = (float) settings.momentum();
    for (int j = 0; j < n; j++) {
      g[j] = scale * g[j] + decay * p[j];
    }
    if (v != null) {
      for (int j = 0; j < n; j++) {
        v[j] = momentum * v[j] + g[j];
      }
      // Nesterov looks one step ahead, the plain form takes the velocity itself.
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

  static void rmsProp(
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

  static void adam(
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
