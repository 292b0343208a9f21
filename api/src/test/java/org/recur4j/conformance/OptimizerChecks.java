package org.recur4j.conformance;

import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.kernel.Optimizers.Adam;
import org.recur4j.api.kernel.Optimizers.RmsProp;
import org.recur4j.api.kernel.Optimizers.Sgd;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;

/** Updates in a row against the formulas; a gradient that must not be used. */
final class OptimizerChecks extends KernelChecks {
  private static final int SIZE = 37;

  /** More elements than 16 bits count, and odd. */
  private static final int MANY = 70_001;

  /** The numbers t of updates; the last is beyond an int, when nothing is left to correct. */
  private static final long[] UPDATES = {1, 2, 3, 3_000_000_019L};

  /** An element whose gradient is always exactly 0. */
  private static final int NEVER = 36;

  private static final double RATE = 0.125;
  private static final double SCALE = 0.75;

  OptimizerChecks(Backend backend) {
    super(backend);
    add("clipFactor", this::clipFactor);
    List<Record> all =
        List.of(
            new Sgd(0, 0, false),
            new Sgd(0, 0.01, false),
            new Sgd(0.9, 0.01, false),
            new Sgd(0.9, 0.01, true),
            new RmsProp(0.9, 1e-8, 0),
            new RmsProp(0.9, 1e-3, 0.01),
            new RmsProp(0.9, 0.1, 0),
            new Adam(0.9, 0.999, 1e-8, 0, false),
            new Adam(0.9, 0.999, 1e-8, 0.01, false),
            // As large as a step, so that it shows where ε stands.
            new Adam(0.9, 0.999, 0.1, 0, false),
            new Adam(0.9, 0.99, 0.1, 0.01, true),
            new Adam(0.8, 0.99, 1e-6, 0.01, true));
    for (Record settings : all) {
      add(
          settings + " several times",
          (bench, type) -> {
            updates(bench, type, settings, SIZE, UPDATES);
            updates(bench, type, settings, MANY, 1);
          });
      add(settings + " scaled by 0", (bench, type) -> nothing(bench, type, settings));
    }
  }

  private void clipFactor(Bench bench, DataType type) {
    double[][] cases = {
      {16, 2, 0.5},
      {1, 2, 1},
      {0, 2, 1},
      {4, 2, 1},
      {1e4, Double.POSITIVE_INFINITY, 1},
      {Double.NaN, 2, 0},
      {Double.POSITIVE_INFINITY, 2, 0},
      {Double.NaN, Double.POSITIVE_INFINITY, 0},
      {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0},
    };
    for (double[] c : cases) {
      Tensor factor = bench.output("factor", type, 1);
      kernels.clipFactor(bench.input("sum", type, new double[] {c[0]}, 1), c[1], factor);
      near(bench, "factor for a squared sum of " + c[0] + " and a norm of " + c[1], factor, c[2]);
    }
  }

  private void updates(Bench bench, DataType type, Record settings, int size, long... steps) {
    double[] p = numbers("p", size);
    double[] first = new double[size];
    double[] second = new double[size];
    Tensor parameter = bench.changing("parameter", type, p, size);
    Tensor a = bench.changing("first state", type, first, size);
    Tensor b = bench.changing("second state", type, second, size);
    Tensor rate = bench.input("rate", type, new double[] {RATE}, 1);
    Tensor scale = bench.input("scale", type, new double[] {SCALE}, 1);
    for (long step : steps) {
      double[] values = divisors(numbers("g" + step, size));
      values[(int) (step % 7)] = 0;
      values[NEVER] = 0;
      Tensor gradient = bench.input("gradient", type, values, size);
      for (int i = 0; i < size; i++) {
        update(settings, step, values[i], i, p, first, second);
      }
      long now = step;
      bumps(
          "the update",
          parameter,
          () -> update(settings, now, rate, scale, gradient, a, b, parameter));
      near(bench, "parameter after " + step, parameter, p);
      near(bench, "first state after " + step, a, first);
      near(bench, "second state after " + step, b, second);
    }
  }

  /** Away from 0, where Adam's step is a quotient of two small numbers. */
  private static double[] divisors(double... values) {
    return Numbers.fill(values.length, i -> Math.abs(values[i]) < 0.125 ? 0.5 : values[i]);
  }

  private void nothing(Bench bench, DataType type, Record settings) {
    double[] p = numbers("p", SIZE);
    double[] state = Numbers.fill(SIZE, i -> 0.25);
    double[] bad = numbers("g", SIZE);
    bad[0] = Double.NaN;
    bad[SIZE - 1] = Double.POSITIVE_INFINITY;
    Tensor parameter = bench.changing("parameter", type, p, SIZE);
    Tensor a = bench.changing("first state", type, state, SIZE);
    Tensor b = bench.changing("second state", type, state, SIZE);
    Tensor rate = bench.input("rate", type, new double[] {RATE}, 1);
    Tensor scale = bench.input("scale", type, new double[] {0}, 1);
    update(settings, 1, rate, scale, bench.input("g", type, bad, SIZE), a, b, parameter);
    String when = " after an update scaled by 0, which moves nothing,";
    exact(bench, "parameter" + when, parameter, p);
    exact(bench, "first state" + when, a, state);
    exact(bench, "second state" + when, b, state);
  }

  private void update(
      Record settings,
      long step,
      Tensor rate,
      Tensor scale,
      Tensor g,
      Tensor a,
      Tensor b,
      Tensor p) {
    if (settings instanceof Sgd sgd) {
      kernels.sgd(sgd, rate, scale, g, sgd.momentum() == 0 ? null : a, p);
    } else if (settings instanceof RmsProp rmsProp) {
      kernels.rmsProp(rmsProp, rate, scale, g, a, p);
    } else {
      kernels.adam((Adam) settings, step, rate, scale, g, a, b, p);
    }
  }

  /** The formulas of {@link org.recur4j.api.kernel.Optimizers}, one element. */
  private static void update(
      Record settings, long step, double gradient, int i, double[] p, double[] a, double[] b) {
    double scaled = SCALE * gradient;
    if (settings instanceof Sgd sgd) {
      double g = scaled + sgd.weightDecay() * p[i];
      if (sgd.momentum() > 0) {
        a[i] = sgd.momentum() * a[i] + g;
        g = sgd.nesterov() ? g + sgd.momentum() * a[i] : a[i];
      }
      p[i] -= RATE * g;
    } else if (settings instanceof RmsProp rms) {
      double g = scaled + rms.weightDecay() * p[i];
      a[i] = rms.decay() * a[i] + (1 - rms.decay()) * g * g;
      p[i] -= RATE * g / (Math.sqrt(a[i]) + rms.epsilon());
    } else {
      Adam adam = (Adam) settings;
      double g = scaled + (adam.decoupled() ? 0 : adam.weightDecay() * p[i]);
      p[i] *= adam.decoupled() ? 1 - RATE * adam.weightDecay() : 1;
      a[i] = adam.beta1() * a[i] + (1 - adam.beta1()) * g;
      b[i] = adam.beta2() * b[i] + (1 - adam.beta2()) * g * g;
      double m = a[i] / (1 - Math.pow(adam.beta1(), (double) step));
      double v = b[i] / (1 - Math.pow(adam.beta2(), (double) step));
      p[i] -= RATE * m / (Math.sqrt(v) + adam.epsilon());
    }
  }
}
