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
  private static final int H = 13;
  private static final int SIZE = B * H;

  CellStepChecks(Backend backend) {
    super(backend);
    List<GateActivations> all =
        List.of(
            new GateActivations(Activation.SIGMOID, Activation.TANH),
            new GateActivations(
                new Activation(Activation.Kind.HARD_SIGMOID, 0.2, 0.5), Activation.SOFTSIGN));
    for (GateActivations f : all) {
      String with = " with " + f.gate() + " and " + f.candidate();
      add("lstmStep and gradient" + with, (bench, type) -> lstm(bench, type, f));
      add("gruResetAfterStep and gradient" + with, (bench, type) -> resetAfter(bench, type, f));
      add("gruReset and gradient" + with, (bench, type) -> reset(bench, type, f));
      add("gruOutput and gradient" + with, (bench, type) -> output(bench, type, f));
    }
  }

  private static Tensor in(Bench bench, DataType type, String name, double... values) {
    return bench.input(name, type, values, B, H);
  }

  private static Tensor changing(Bench bench, DataType type, String name, double... values) {
    return bench.changing(name, type, values, B, H);
  }

  private static Tensor out(Bench bench, DataType type, String name) {
    return bench.output(name, type, B, H);
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

  private void lstm(Bench bench, DataType type, GateActivations f) {
    double[] zi = numbers("i", SIZE);
    double[] zf = numbers("f", SIZE);
    double[] zg = numbers("g", SIZE);
    double[] zo = numbers("o", SIZE);
    double[] previous = numbers("c′", SIZE);
    double[] i = apply(f.gate(), zi);
    double[] forget = apply(f.gate(), zf);
    double[] g = apply(f.candidate(), zg);
    double[] o = apply(f.gate(), zo);
    double[] c = Numbers.fill(SIZE, k -> forget[k] * previous[k] + i[k] * g[k]);
    double[] phi = apply(f.candidate(), c);
    LstmGates gates =
        new LstmGates(
            changing(bench, type, "i", zi),
            changing(bench, type, "f", zf),
            changing(bench, type, "g", zg),
            changing(bench, type, "o", zo));
    Tensor before = in(bench, type, "c′", previous);
    Tensor cell = out(bench, type, "c");
    Tensor activated = out(bench, type, "φ(c)");
    Tensor hidden = out(bench, type, "h");
    kernels.lstmStep(f, gates, before, cell, activated, hidden);
    near(bench, "i", gates.input(), i);
    near(bench, "f", gates.forget(), forget);
    near(bench, "g", gates.candidate(), g);
    near(bench, "o", gates.output(), o);
    near(bench, "c", cell, c);
    near(bench, "φ(c)", activated, phi);
    near(bench, "h", hidden, Numbers.fill(SIZE, k -> o[k] * phi[k]));

    double[] dh = numbers("dh", SIZE);
    double[] later = numbers("dc", SIZE);
    double[] dc = Numbers.fill(SIZE, k -> later[k] + dh[k] * o[k] * slope(f.candidate(), phi[k]));
    LstmGates gradients =
        new LstmGates(
            out(bench, type, "di"),
            out(bench, type, "df"),
            out(bench, type, "dg"),
            out(bench, type, "do"));
    Tensor dCell = changing(bench, type, "dc", later);
    Tensor dHidden = in(bench, type, "dh", dh);
    kernels.lstmStepGradient(f, gates, before, activated, dHidden, dCell, gradients);
    gradientsNear(
        bench,
        "d_i",
        gradients.input(),
        Numbers.fill(SIZE, k -> dc[k] * g[k] * slope(f.gate(), i[k])));
    gradientsNear(
        bench,
        "d_f",
        gradients.forget(),
        Numbers.fill(SIZE, k -> dc[k] * previous[k] * slope(f.gate(), forget[k])));
    gradientsNear(
        bench,
        "d_g",
        gradients.candidate(),
        Numbers.fill(SIZE, k -> dc[k] * i[k] * slope(f.candidate(), g[k])));
    gradientsNear(
        bench,
        "d_o",
        gradients.output(),
        Numbers.fill(SIZE, k -> dh[k] * phi[k] * slope(f.gate(), o[k])));
    gradientsNear(bench, "d_c′", dCell, Numbers.fill(SIZE, k -> dc[k] * forget[k]));
  }

  private void resetAfter(Bench bench, DataType type, GateActivations f) {
    double[] zr = numbers("r", SIZE);
    double[] zz = numbers("z", SIZE);
    double[] xn = numbers("n", SIZE);
    double[] hn = numbers("hn", SIZE);
    double[] previous = numbers("h′", SIZE);
    double[] r = apply(f.gate(), zr);
    double[] z = apply(f.gate(), zz);
    double[] n = apply(f.candidate(), Numbers.fill(SIZE, k -> xn[k] + r[k] * hn[k]));
    GruGates gates =
        new GruGates(
            changing(bench, type, "r", zr),
            changing(bench, type, "z", zz),
            changing(bench, type, "n", xn));
    Tensor before = in(bench, type, "h′", previous);
    Tensor product = in(bench, type, "hn", hn);
    Tensor hidden = out(bench, type, "h");
    kernels.gruResetAfterStep(f, gates, product, before, hidden);
    near(bench, "r", gates.reset(), r);
    near(bench, "z", gates.update(), z);
    near(bench, "n", gates.candidate(), n);
    near(bench, "h", hidden, Numbers.fill(SIZE, k -> (1 - z[k]) * n[k] + z[k] * previous[k]));

    double[] dh = numbers("dh", SIZE);
    double[] dn = Numbers.fill(SIZE, k -> dh[k] * (1 - z[k]) * slope(f.candidate(), n[k]));
    GruGates gradients =
        new GruGates(out(bench, type, "dr"), out(bench, type, "dz"), out(bench, type, "dn"));
    Tensor dProduct = out(bench, type, "dhn");
    Tensor dPrevious = out(bench, type, "dh′");
    kernels.gruResetAfterStepGradient(
        f, gates, product, before, in(bench, type, "dh", dh), gradients, dProduct, dPrevious);
    gradientsNear(
        bench,
        "d_r",
        gradients.reset(),
        Numbers.fill(SIZE, k -> dn[k] * hn[k] * slope(f.gate(), r[k])));
    gradientsNear(
        bench,
        "d_z",
        gradients.update(),
        Numbers.fill(SIZE, k -> dh[k] * (previous[k] - n[k]) * slope(f.gate(), z[k])));
    gradientsNear(bench, "d_n", gradients.candidate(), dn);
    gradientsNear(bench, "d_hn", dProduct, Numbers.fill(SIZE, k -> dn[k] * r[k]));
    gradientsNear(bench, "d_h′", dPrevious, Numbers.fill(SIZE, k -> dh[k] * z[k]));
  }

  private void reset(Bench bench, DataType type, GateActivations f) {
    double[] zr = numbers("r", SIZE);
    double[] previous = numbers("h′", SIZE);
    double[] r = apply(f.gate(), zr);
    Tensor gate = changing(bench, type, "r", zr);
    Tensor before = in(bench, type, "h′", previous);
    Tensor resetHidden = out(bench, type, "r·h′");
    kernels.gruReset(f, gate, before, resetHidden);
    near(bench, "r", gate, r);
    near(bench, "r·h′", resetHidden, Numbers.fill(SIZE, k -> r[k] * previous[k]));

    double[] d = numbers("d", SIZE);
    double[] sum = numbers("sum", SIZE);
    Tensor dGate = out(bench, type, "dr");
    Tensor dPrevious = changing(bench, type, "dh′", sum);
    kernels.gruResetGradient(f, gate, before, in(bench, type, "d", d), dGate, dPrevious);
    gradientsNear(
        bench, "d_r", dGate, Numbers.fill(SIZE, k -> d[k] * previous[k] * slope(f.gate(), r[k])));
    gradientsNear(bench, "d_h′", dPrevious, Numbers.fill(SIZE, k -> sum[k] + d[k] * r[k]));
  }

  private void output(Bench bench, DataType type, GateActivations f) {
    double[] zz = numbers("z", SIZE);
    double[] zn = numbers("n", SIZE);
    double[] previous = numbers("h′", SIZE);
    double[] z = apply(f.gate(), zz);
    double[] n = apply(f.candidate(), zn);
    GruGates gates =
        new GruGates(
            in(bench, type, "r, not touched", numbers("r", SIZE)),
            changing(bench, type, "z", zz),
            changing(bench, type, "n", zn));
    Tensor before = in(bench, type, "h′", previous);
    Tensor hidden = out(bench, type, "h");
    kernels.gruOutput(f, gates, before, hidden);
    near(bench, "z", gates.update(), z);
    near(bench, "n", gates.candidate(), n);
    near(bench, "h", hidden, Numbers.fill(SIZE, k -> (1 - z[k]) * n[k] + z[k] * previous[k]));

    double[] dh = numbers("dh", SIZE);
    GruGates gradients =
        new GruGates(
            in(bench, type, "dr, not touched", numbers("dr", SIZE)),
            out(bench, type, "dz"),
            out(bench, type, "dn"));
    Tensor dPrevious = out(bench, type, "dh′");
    kernels.gruOutputGradient(f, gates, before, in(bench, type, "dh", dh), gradients, dPrevious);
    gradientsNear(
        bench,
        "d_z",
        gradients.update(),
        Numbers.fill(SIZE, k -> dh[k] * (previous[k] - n[k]) * slope(f.gate(), z[k])));
    gradientsNear(
        bench,
        "d_n",
        gradients.candidate(),
        Numbers.fill(SIZE, k -> dh[k] * (1 - z[k]) * slope(f.candidate(), n[k])));
    gradientsNear(bench, "d_h′", dPrevious, Numbers.fill(SIZE, k -> dh[k] * z[k]));
  }
}
