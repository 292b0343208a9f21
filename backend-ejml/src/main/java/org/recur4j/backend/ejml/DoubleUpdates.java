package org.recur4j.backend.ejml;

import org.recur4j.api.kernel.Optimisers.Adam;
import org.recur4j.api.kernel.Optimisers.RmsProp;
import org.recur4j.api.kernel.Optimisers.Sgd;

/**
 * Optimiser updates over {@code [from, to)} of arrays that share the index, in loops small enough
 * to be vectorised.
 */
final class DoubleUpdates {
  private DoubleUpdates() {}

  static void sgd(
      Sgd settings,
      double rate,
      double scale,
      double[] g,
      double[] v,
      double[] p,
      int from,
      int to) {
    double decay = settings.weightDecay();
    double momentum = settings.momentum();
    if (v == null) {
      for (int j = from; j < to; j++) {
        p[j] = p[j] - rate * (scale * g[j] + decay * p[j]);
      }
    } else if (settings.nesterov()) {
      for (int j = from; j < to; j++) {
        double d = scale * g[j] + decay * p[j];
        double next = momentum * v[j] + d;
        v[j] = next;
        p[j] = p[j] - rate * (d + momentum * next);
      }
    } else {
      for (int j = from; j < to; j++) {
        double next = momentum * v[j] + (scale * g[j] + decay * p[j]);
        v[j] = next;
        p[j] = p[j] - rate * next;
      }
    }
  }

  static void rmsProp(
      RmsProp settings,
      double rate,
      double scale,
      double[] g,
      double[] s,
      double[] p,
      int from,
      int to) {
    double keep = settings.decay();
    double take = 1 - settings.decay();
    double epsilon = settings.epsilon();
    double decay = settings.weightDecay();
    for (int j = from; j < to; j++) {
      double d = scale * g[j] + decay * p[j];
      double next = keep * s[j] + take * d * d;
      s[j] = next;
      p[j] = p[j] - rate * (d / (Math.sqrt(next) + epsilon));
    }
  }

  static void adam(
      Adam settings,
      long step,
      double rate,
      double scale,
      double[] g,
      double[] m,
      double[] v,
      double[] p,
      int from,
      int to) {
    double keep1 = settings.beta1();
    double take1 = 1 - settings.beta1();
    double keep2 = settings.beta2();
    double take2 = 1 - settings.beta2();
    double coupled = settings.decoupled() ? 0.0 : settings.weightDecay();
    double shrink = settings.decoupled() ? (1 - rate * settings.weightDecay()) : 1.0;
    double correction1 = 1 - Math.pow(settings.beta1(), (double) step);
    double correction2 = (1 / (1 - Math.pow(settings.beta2(), (double) step)));
    for (int j = from; j < to; j++) {
      double d = scale * g[j] + coupled * p[j];
      m[j] = keep1 * m[j] + take1 * d;
      v[j] = keep2 * v[j] + take2 * d * d;
    }
    double stepSize = rate / correction1;
    double epsilon = settings.epsilon();
    for (int j = from; j < to; j++) {
      p[j] = shrink * p[j] - stepSize * (m[j] / (Math.sqrt(v[j] * correction2) + epsilon));
    }
  }
}
