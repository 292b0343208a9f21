package org.recur4j.conformance;

import java.util.ArrayList;
import java.util.List;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.recurrent.Biases;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.RecurrentGradients;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentState;
import org.recur4j.api.reference.AllowedError;
import org.recur4j.api.reference.NaiveWeights;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Tensor;

/** PyTorch's gradients of a stack of layers: forward up the stack, backward down. */
record VectorGradients(Backend backend, DataType type) {
  /** One layer on the backend, between its forward and its backward. */
  private record Layer(
      VectorCase source,
      RecurrentSpec spec,
      RecurrentPlan plan,
      Pass pass,
      RecurrentState initial,
      RecurrentOutput out) {}

  /** In every mode: these are published values whose weights differ from gate to gate. */
  void run(VectorCase c) {
    for (Fusion fusion : List.of(Fusion.FORBID, Fusion.AUTO)) {
      for (Mode mode : Mode.values()) {
        run(c, fusion, mode);
      }
    }
  }

  private void run(VectorCase c, Fusion fusion, Mode mode) {
    String prefix = fusion + ", " + mode + ", ";
    try (Bench bench = new Bench(backend, c.name())) {
      VectorCase.Values input = c.values("X");
      Extent extent = new Extent(input.extent(0), input.extent(1));
      Tensor x = bench.input("X", type, input.data(), input.shape());
      List<Layer> layers = new ArrayList<>();
      for (int k = 0; k < c.layers(); k++) {
        layers.add(forward(c.layer(k), fusion, mode, bench, x, extent));
        x = layers.get(k).out().y();
      }
      near(c, prefix + "Y", bench.read(x), c.inner("expected").output("Y", 0));
      if (mode.keepsForBackward()) {
        VectorCase.Values dY = c.inner("output_gradient").output("Y", 0);
        Tensor dy = bench.input("dY", type, dY.data(), dY.shape());
        for (int k = c.layers() - 1; k >= 0; k--) {
          dy = backward(c, k, prefix, layers.get(k), bench, dy);
        }
        near(c, prefix + "dX", bench.read(dy), c.inner("expected_gradient").values("X"));
      }
      layers.forEach(layer -> layer.plan().close());
    }
  }

  private Layer forward(
      VectorCase c, Fusion fusion, Mode mode, Bench bench, Tensor x, Extent extent) {
    RecurrentSpec spec = c.spec(type);
    int[] state = {spec.directions(), extent.batch(), spec.hiddenSize()};
    RecurrentPlan plan =
        backend
            .recurrence()
            .plan(spec, VectorChecks.tensors(c.weights(c.op()), spec, bench), fusion);
    Pass pass = plan.open(bench.scope(), extent, mode);
    RecurrentState initial = VectorChecks.initial(c, spec, bench, state);
    RecurrentOutput out =
        new RecurrentOutput(
            bench.output("Y", type, extent.steps(), extent.batch(), spec.outputSize()), null);
    plan.forward(pass, new RecurrentInput(x, null, initial, null), out);
    return new Layer(c, spec, plan, pass, initial, out);
  }

  /** Returns ∂L/∂x of the layer, which is ∂L/∂y of the one below. */
  private Tensor backward(VectorCase c, int k, String prefix, Layer layer, Bench bench, Tensor dy) {
    RecurrentSpec spec = layer.spec();
    VectorCase given = c.inner("output_gradient").entry("layers", k);
    VectorCase want = c.inner("expected_gradient").entry("layers", k);
    int[] state = {spec.directions(), dy.extent(1), spec.hiddenSize()};
    RecurrentState dLast =
        new RecurrentState(
            bench.input("dY_h", type, given.values("Y_h").data(), state),
            spec.hasCellState()
                ? bench.input("dY_c", type, given.values("Y_c").data(), state)
                : null);
    Tensor dx = bench.output("dX", type, dy.extent(0), dy.extent(1), spec.inputSize());
    RecurrentState dInitial =
        new RecurrentState(
            bench.output("d_initial_h", type, state),
            spec.hasCellState() ? bench.output("d_initial_c", type, state) : null);
    List<NaiveWeights> sums = want.weights(c.op());
    List<NaiveWeights> zeros = new ArrayList<>();
    for (NaiveWeights w : sums) {
      zeros.add(
          new NaiveWeights(
              new double[w.weightIh().length],
              new double[w.weightHh().length],
              w.biasIh() == null ? null : new double[w.biasIh().length],
              w.biasHh() == null ? null : new double[w.biasHh().length]));
    }
    List<DirectionWeights> got = VectorChecks.tensors(zeros, spec, bench).directions();
    layer
        .plan()
        .backward(
            layer.pass(),
            new RecurrentOutput(dy, dLast),
            new RecurrentInput(dx, null, dInitial, null),
            new RecurrentGradients(got));
    String where = prefix + "layer " + k + " d";
    near(c, where + " initial_h", bench.read(dInitial.hidden()), want.values("initial_h"));
    if (spec.hasCellState()) {
      near(c, where + " initial_c", bench.read(dInitial.cell()), want.values("initial_c"));
    }
    for (int d = 0; d < got.size(); d++) {
      near(c, where + " W", bench.read(got.get(d).weightIh()), flat(sums.get(d).weightIh()));
      near(c, where + " R", bench.read(got.get(d).weightHh()), flat(sums.get(d).weightHh()));
      if (spec.biases() != Biases.NONE) {
        near(c, where + " Wb", bench.read(got.get(d).biasIh()), flat(sums.get(d).biasIh()));
        near(c, where + " Rb", bench.read(got.get(d).biasHh()), flat(sums.get(d).biasHh()));
      }
    }
    return dx;
  }

  private static VectorCase.Values flat(double... data) {
    return new VectorCase.Values(data, data.length);
  }

  private void near(VectorCase c, String what, double[] got, VectorCase.Values want) {
    if (type == DataType.FLOAT64) {
      VectorChecks.near(what, got, want, c.inner("tolerance"));
    } else {
      Comparison.check(
          what,
          got,
          want.data(),
          AllowedError.gradient(DataType.FLOAT32),
          Advice.BACKWARD,
          want.shape());
    }
  }
}
