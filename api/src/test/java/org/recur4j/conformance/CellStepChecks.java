package org.recur4j.conformance;

import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.kernel.CellSteps.GateActivations;
import org.recur4j.api.kernel.CellSteps.GruGates;
import org.recur4j.api.kernel.CellSteps.LstmGates;
import org.recur4j.api.reference.AllowedError;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;

/** One time step of the gated cells and its gradient, per element, against the equations. */
final class CellStepChecks extends KernelChecks {
  private static final int B = 3;

  /** A few elements, and more than 16 bits count; both are odd. */
  private static final int FEW = B * 13;

  private static final int MANY = B * 23_339;

  /** Pre-activations that saturate. */
  private static final double[] FAR = {20.5, -20.5, 45.5, -45.5, 60.5, -60.5, 100, -100};

  /** Factor of the states where pre-activations are far from 0, too. */
  private static final int LARGE = 8;

  CellStepChecks(Backend backend) {
    super(backend);
    List<GateActivations> all =
        List.of(
            new GateActivations(Activation.SIGMOID, Activation.TANH),
            new GateActivations(
                new Activation(Activation.Kind.HARD_SIGMOID, 0.2, 0.5), Activation.SOFTSIGN));
    for (GateActivations f : all) {
      String with = " with " + f.gate() + " and " + f.candidate();
      add("lstmStep and gradient" + with, f, this::lstm);
      add("gruResetAfterStep and gradient" + with, f, this::resetAfter);
      add("gruReset and gradient" + with, f, this::reset);
      add("gruOutput and gradient" + with, f, this::output);
    }
  }

  /** A step and its gradient on some numbers. */
  private interface Step {
    void run(Bench bench, DataType type, GateActivations f, Draw draw);
  }

  private void add(String name, GateActivations f, Step step) {
    add(
        name,
        (bench, type) -> {
          step.run(bench, type, f, new Draw(FEW, false));
          step.run(bench, type, f, new Draw(FEW, true));
          step.run(bench, type, f, new Draw(MANY, false));
        });
  }

  /** How many numbers there are in a tensor, and whether they reach far from 0. */
  private record Draw(int size, boolean far) {
    double[] gate(String name) {
      double[] values = numbers(name, size);
      if (far) {
        for (int k = 0; k < FAR.length; k++) {
          values[k] = FAR[(k + name.length()) % FAR.length];
          values[size - 1 - 2 * k] = FAR[k];
        }
      }
      return values;
    }

    double[] state(String name) {
      double[] values = numbers(name, size);
      return Numbers.fill(size, k -> far ? LARGE * values[k] : values[k]);
    }

    double[] gradient(String name) {
      return numbers(name, size);
    }
  }

  private static Tensor in(Bench bench, DataType type, String name, double... values) {
    return bench.input(name, type, values, B, values.length / B);
  }

  private static Tensor changing(Bench bench, DataType type, String name, double... values) {
    return bench.changing(name, type, values, B, values.length / B);
  }

  private static Tensor out(Bench bench, DataType type, Draw draw, String name) {
    return bench.output(name, type, B, draw.size() / B);
  }

  private static void gradientsNear(Bench bench, String what, Tensor got, double... want) {
    near(bench, what, got, want, AllowedError.gradient(got.dataType()));
  }

  private static double[] apply(Activation function, double... x) {
    return Numbers.fill(x.length, i -> function.apply(x[i]));
  }

  /** f′ where y = f(x). */
  private static double slope(Activation function, double y) {
    return function.derivativeFromOutput(y);
  }

  private void lstm(Bench bench, DataType type, GateActivations f, Draw draw) {
    double[] zi = draw.gate("i");
    double[] zf = draw.gate("f");
    double[] zg = draw.gate("g");
    double[] zo = draw.gate("o");
    double[] previous = draw.state("c′");
    double[] i = apply(f.gate(), zi);
    double[] forget = apply(f.gate(), zf);
    double[] g = apply(f.candidate(), zg);
    double[] o = apply(f.gate(), zo);
    double[] c = Numbers.fill(draw.size(), k -> forget[k] * previous[k] + i[k] * g[k]);
    double[] phi = apply(f.candidate(), c);
    LstmGates gates =
        new LstmGates(
            changing(bench, type, "i", zi),
            changing(bench, type, "f", zf),
            changing(bench, type, "g", zg),
            changing(bench, type, "o", zo));
    Tensor before = in(bench, type, "c′", previous);
    Tensor cell = out(bench, type, draw, "c");
    Tensor activated = out(bench, type, draw, "φ(c)");
    Tensor hidden = out(bench, type, draw, "h");
    kernels.lstmStep(f, gates, before, cell, activated, hidden);
    near(bench, "i", gates.input(), i);
    near(bench, "f", gates.forget(), forget);
    near(bench, "g", gates.candidate(), g);
    near(bench, "o", gates.output(), o);
    near(bench, "c", cell, c);
    near(bench, "φ(c)", activated, phi);
    near(bench, "h", hidden, Numbers.fill(draw.size(), k -> o[k] * phi[k]));

    bench.settle();
    double[] dh = draw.gradient("dh");
    double[] later = draw.gradient("dc");
    double[] dc =
        Numbers.fill(draw.size(), k -> later[k] + dh[k] * o[k] * slope(f.candidate(), phi[k]));
    LstmGates gradients =
        new LstmGates(
            out(bench, type, draw, "di"),
            out(bench, type, draw, "df"),
            out(bench, type, draw, "dg"),
            out(bench, type, draw, "do"));
    Tensor dCell = changing(bench, type, "dc", later);
    Tensor dHidden = in(bench, type, "dh", dh);
    kernels.lstmStepGradient(f, gates, before, activated, dHidden, dCell, gradients);
    gradientsNear(
        bench,
        "d_i",
        gradients.input(),
        Numbers.fill(draw.size(), k -> dc[k] * g[k] * slope(f.gate(), i[k])));
    gradientsNear(
        bench,
        "d_f",
        gradients.forget(),
        Numbers.fill(draw.size(), k -> dc[k] * previous[k] * slope(f.gate(), forget[k])));
    gradientsNear(
        bench,
        "d_g",
        gradients.candidate(),
        Numbers.fill(draw.size(), k -> dc[k] * i[k] * slope(f.candidate(), g[k])));
    gradientsNear(
        bench,
        "d_o",
        gradients.output(),
        Numbers.fill(draw.size(), k -> dh[k] * phi[k] * slope(f.gate(), o[k])));
    gradientsNear(bench, "d_c′", dCell, Numbers.fill(draw.size(), k -> dc[k] * forget[k]));
  }

  private void resetAfter(Bench bench, DataType type, GateActivations f, Draw draw) {
    double[] zr = draw.gate("r");
    double[] zz = draw.gate("z");
    double[] xn = draw.gate("n");
    double[] hn = draw.state("hn");
    double[] previous = draw.state("h′");
    double[] r = apply(f.gate(), zr);
    double[] z = apply(f.gate(), zz);
    double[] n = apply(f.candidate(), Numbers.fill(draw.size(), k -> xn[k] + r[k] * hn[k]));
    GruGates gates =
        new GruGates(
            changing(bench, type, "r", zr),
            changing(bench, type, "z", zz),
            changing(bench, type, "n", xn));
    Tensor before = in(bench, type, "h′", previous);
    Tensor product = in(bench, type, "hn", hn);
    Tensor hidden = out(bench, type, draw, "h");
    kernels.gruResetAfterStep(f, gates, product, before, hidden);
    near(bench, "r", gates.reset(), r);
    near(bench, "z", gates.update(), z);
    near(bench, "n", gates.candidate(), n);
    near(
        bench, "h", hidden, Numbers.fill(draw.size(), k -> (1 - z[k]) * n[k] + z[k] * previous[k]));

    bench.settle();
    double[] dh = draw.gradient("dh");
    double[] dn = Numbers.fill(draw.size(), k -> dh[k] * (1 - z[k]) * slope(f.candidate(), n[k]));
    GruGates gradients =
        new GruGates(
            out(bench, type, draw, "dr"),
            out(bench, type, draw, "dz"),
            out(bench, type, draw, "dn"));
    Tensor dProduct = out(bench, type, draw, "dhn");
    Tensor dPrevious = out(bench, type, draw, "dh′");
    kernels.gruResetAfterStepGradient(
        f, gates, product, before, in(bench, type, "dh", dh), gradients, dProduct, dPrevious);
    gradientsNear(
        bench,
        "d_r",
        gradients.reset(),
        Numbers.fill(draw.size(), k -> dn[k] * hn[k] * slope(f.gate(), r[k])));
    gradientsNear(
        bench,
        "d_z",
        gradients.update(),
        Numbers.fill(draw.size(), k -> dh[k] * (previous[k] - n[k]) * slope(f.gate(), z[k])));
    gradientsNear(bench, "d_n", gradients.candidate(), dn);
    gradientsNear(bench, "d_hn", dProduct, Numbers.fill(draw.size(), k -> dn[k] * r[k]));
    gradientsNear(bench, "d_h′", dPrevious, Numbers.fill(draw.size(), k -> dh[k] * z[k]));
  }

  private void reset(Bench bench, DataType type, GateActivations f, Draw draw) {
    double[] zr = draw.gate("r");
    double[] previous = draw.state("h′");
    double[] r = apply(f.gate(), zr);
    Tensor gate = changing(bench, type, "r", zr);
    Tensor before = in(bench, type, "h′", previous);
    Tensor resetHidden = out(bench, type, draw, "r·h′");
    kernels.gruReset(f, gate, before, resetHidden);
    near(bench, "r", gate, r);
    near(bench, "r·h′", resetHidden, Numbers.fill(draw.size(), k -> r[k] * previous[k]));

    bench.settle();
    double[] d = draw.gradient("d");
    double[] sum = draw.gradient("sum");
    Tensor dGate = out(bench, type, draw, "dr");
    Tensor dPrevious = changing(bench, type, "dh′", sum);
    kernels.gruResetGradient(f, gate, before, in(bench, type, "d", d), dGate, dPrevious);
    gradientsNear(
        bench,
        "d_r",
        dGate,
        Numbers.fill(draw.size(), k -> d[k] * previous[k] * slope(f.gate(), r[k])));
    gradientsNear(bench, "d_h′", dPrevious, Numbers.fill(draw.size(), k -> sum[k] + d[k] * r[k]));
  }

  private void output(Bench bench, DataType type, GateActivations f, Draw draw) {
    double[] zz = draw.gate("z");
    double[] zn = draw.gate("n");
    double[] previous = draw.state("h′");
    double[] z = apply(f.gate(), zz);
    double[] n = apply(f.candidate(), zn);
    GruGates gates =
        new GruGates(
            in(bench, type, "r, not touched", draw.gradient("r")),
            changing(bench, type, "z", zz),
            changing(bench, type, "n", zn));
    Tensor before = in(bench, type, "h′", previous);
    Tensor hidden = out(bench, type, draw, "h");
    kernels.gruOutput(f, gates, before, hidden);
    near(bench, "z", gates.update(), z);
    near(bench, "n", gates.candidate(), n);
    near(
        bench, "h", hidden, Numbers.fill(draw.size(), k -> (1 - z[k]) * n[k] + z[k] * previous[k]));

    bench.settle();
    double[] dh = draw.gradient("dh");
    GruGates gradients =
        new GruGates(
            in(bench, type, "dr, not touched", draw.gradient("dr")),
            out(bench, type, draw, "dz"),
            out(bench, type, draw, "dn"));
    Tensor dPrevious = out(bench, type, draw, "dh′");
    kernels.gruOutputGradient(f, gates, before, in(bench, type, "dh", dh), gradients, dPrevious);
    gradientsNear(
        bench,
        "d_z",
        gradients.update(),
        Numbers.fill(draw.size(), k -> dh[k] * (previous[k] - n[k]) * slope(f.gate(), z[k])));
    gradientsNear(
        bench,
        "d_n",
        gradients.candidate(),
        Numbers.fill(draw.size(), k -> dh[k] * (1 - z[k]) * slope(f.candidate(), n[k])));
    gradientsNear(bench, "d_h′", dPrevious, Numbers.fill(draw.size(), k -> dh[k] * z[k]));
  }
}
