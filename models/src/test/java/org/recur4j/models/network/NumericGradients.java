package org.recur4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.ops.EagerOps;
import org.recur4j.api.ops.Ops;
import org.recur4j.api.random.Philox;
import org.recur4j.api.random.RandomStream;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.autodiff.Gradients;
import org.recur4j.models.autodiff.Tape;
import org.recur4j.models.data.SequenceBatch;

/** Every gradient of a network in double precision against central differences. */
final class NumericGradients {
  private static final double STEP = 1e-5;
  private static final double TOLERANCE = 1e-8;

  private NumericGradients() {}

  /** Checks all parameters of a network that the builder describes; returns how many numbers. */
  static int check(NetworkBuilder<?> builder, SequenceBatch batch) {
    int checked = 0;
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        Network network = builder.dataType(DataType.FLOAT64).build(backend);
        NetworkRun run = network.open(Mode.TRAINING, 7);
        Scope scope = backend.scope("gradients")) {
      scramble(network);
      Gradients gradients = new Gradients(backend, scope, network.parameters());
      Tape tape = new Tape(backend, scope, gradients);
      tape.backward(loss(tape, run.forward(tape, batch, 0)));
      for (Parameter parameter : network.parameters()) {
        double[] got = download(backend, gradients.of(parameter));
        double[] values = download(backend, parameter.value());
        for (int i = 0; i < values.length; i++) {
          double above = moved(network, run, batch, parameter, values, i, STEP);
          double below = moved(network, run, batch, parameter, values, i, -STEP);
          double want = (above - below) / (2 * STEP);
          assertThat(got[i])
              .as(parameter.name() + "[" + i + "]")
              .isCloseTo(want, within(TOLERANCE * Math.max(1, Math.abs(want))));
          checked++;
        }
        backend.upload(values, 0, parameter.value());
      }
    }
    return checked;
  }

  /** Fresh gains are 1 and fresh biases 0: numbers at which a mixed-up gradient may not show. */
  private static void scramble(Network network) {
    int stream = 0;
    for (Parameter parameter : network.parameters()) {
      double[] values = download(network.backend(), parameter.value());
      float[] noise = new float[values.length];
      new Philox(5)
          .fillUniform(noise, 0, noise.length, RandomStream.CUSTOM.at(stream++), 0, -0.3f, 0.3f);
      for (int i = 0; i < values.length; i++) {
        values[i] += noise[i];
      }
      network.backend().upload(values, 0, parameter.value());
    }
    network.refresh();
  }

  private static double moved(
      Network network,
      NetworkRun run,
      SequenceBatch batch,
      Parameter parameter,
      double[] values,
      int index,
      double by) {
    double[] changed = values.clone();
    changed[index] += by;
    network.backend().upload(changed, 0, parameter.value());
    network.refresh();
    try (Scope scope = network.backend().scope("moved")) {
      Ops ops = new EagerOps(network.backend(), scope);
      return download(network.backend(), loss(ops, run.forward(ops, batch, 0)))[0];
    }
  }

  /** Weighs every answer differently, so that mixed-up rows show. */
  private static Tensor loss(Ops ops, Tensor out) {
    double[] weights = new double[out.size()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = 1 + Math.sin(3 * i);
    }
    Tensor w = ops.scope().create(out.dataType(), out.shape());
    ops.backend().upload(weights, 0, w);
    return ops.sum(ops.multiply(ops.tanh(out), w));
  }

  private static double[] download(Backend backend, Tensor tensor) {
    double[] values = new double[tensor.size()];
    backend.download(tensor, values, 0);
    return values;
  }
}
