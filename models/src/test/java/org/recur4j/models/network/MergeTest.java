package org.recur4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.ops.EagerOps;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.architecture.InitialWeights;
import org.recur4j.models.architecture.Merge;
import org.recur4j.models.architecture.RecurrentLayerSpec;
import org.recur4j.models.internal.assembly.ParameterFactory;
import org.recur4j.models.internal.assembly.RecurrentAssembly;
import org.recur4j.models.internal.layer.CarriedStates;
import org.recur4j.models.internal.layer.LayerContext;
import org.recur4j.models.internal.layer.Workspaces;
import org.recur4j.models.internal.recurrent.RecurrentLayer;
import org.recur4j.models.internal.recurrent.ScanOutput;

/** Two directions in one output, and in one vector for a whole sequence. */
class MergeTest {
  private static final int STEPS = 4;
  private static final int[] LENGTHS = {4, 1, 3};
  private static final int HIDDEN = 2;

  private Backend backend;
  private Scope scope;
  private EagerOps ops;

  @BeforeEach
  void open() {
    backend = new ToyProvider().open(BackendOptions.defaults());
    scope = backend.scope("test");
    ops = new EagerOps(backend, scope);
  }

  @AfterEach
  void close() {
    scope.close();
    backend.close();
  }

  @ParameterizedTest
  @CsvSource({"SUM, 4, -3", "AVERAGE, 2, -1.5", "MULTIPLY, 3, 2"})
  void mergesElementByElement(Merge merge, double first, double second) {
    Tensor merged = merge.apply(ops, tensor(1, -2), tensor(3, -1));
    assertThat(read(merged)).containsExactly(first, second);
  }

  @ParameterizedTest
  @EnumSource(CellKind.class)
  void theLastStateIsAfterTheLastRealStepForwardsAndAfterTheFirstBackwards(CellKind kind) {
    for (boolean stepwise : new boolean[] {false, true}) {
      ScanOutput[] both = new ScanOutput[1];
      double[] joined = run(kind, Merge.CONCATENATE, stepwise, both);
      double[] values = read(both[0].values());
      for (int row = 0; row < LENGTHS.length; row++) {
        for (int unit = 0; unit < HIDDEN; unit++) {
          assertThat(joined[row * 2 * HIDDEN + unit])
              .isEqualTo(values[((LENGTHS[row] - 1) * LENGTHS.length + row) * 2 * HIDDEN + unit]);
          assertThat(joined[row * 2 * HIDDEN + HIDDEN + unit])
              .isEqualTo(values[row * 2 * HIDDEN + HIDDEN + unit]);
        }
      }
      double[] sums = run(kind, Merge.SUM, stepwise, both);
      double[] summed = read(both[0].values());
      for (int i = 0; i < sums.length; i++) {
        int forward = i / HIDDEN * 2 * HIDDEN + i % HIDDEN;
        assertThat(sums[i]).isCloseTo(joined[forward] + joined[forward + HIDDEN], within(1e-15));
      }
      for (int i = 0; i < summed.length; i++) {
        int forward = i / HIDDEN * 2 * HIDDEN + i % HIDDEN;
        assertThat(summed[i]).isCloseTo(values[forward] + values[forward + HIDDEN], within(1e-15));
      }
    }
  }

  /** One vector a row; the whole output goes to {@code out[0]}. */
  private double[] run(CellKind kind, Merge merge, boolean stepwise, ScanOutput[] out) {
    ParameterFactory weights =
        new ParameterFactory(backend, scope, DataType.FLOAT64, InitialWeights.PYTORCH, 3);
    Tensor lengths = scope.create(DataType.INT32, Shape.of(LENGTHS.length));
    backend.upload(LENGTHS, 0, lengths);
    double[] x = new double[STEPS * LENGTHS.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.sin(i);
    }
    Tensor input = scope.create(DataType.FLOAT64, Shape.of(STEPS, LENGTHS.length, 1));
    backend.upload(x, 0, input);
    RecurrentAssembly assembly =
        new RecurrentAssembly(backend, DataType.FLOAT64, weights, "rnn.", stepwise);
    try (RecurrentLayer layer =
            assembly.layer(RecurrentLayerSpec.of(kind, HIDDEN).merge(merge), 1, 0, 0);
        Workspaces passes = new Workspaces(scope.child("passes"))) {
      LayerContext run =
          new LayerContext(
              ops,
              Lengths.of(STEPS, LENGTHS),
              lengths,
              Mode.INFERENCE,
              0,
              0,
              passes,
              CarriedStates.none());
      out[0] = layer.run(run, input, null);
      return read(layer.lastState(ops, out[0].last()));
    }
  }

  private Tensor tensor(double... values) {
    Tensor tensor = scope.create(DataType.FLOAT64, Shape.of(1, values.length));
    backend.upload(values, 0, tensor);
    return tensor;
  }

  private double[] read(Tensor tensor) {
    double[] values = new double[tensor.size()];
    backend.download(tensor, values, 0);
    return values;
  }
}
