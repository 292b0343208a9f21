package org.recur4j.models.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.cell.Parameter;
import org.recur4j.api.cell.State;
import org.recur4j.api.ops.EagerOps;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.architecture.InitialWeights;
import org.recur4j.models.initialization.RecurrentInitialization;
import org.recur4j.models.internal.assembly.ParameterFactory;

class LayerNormalizedCellTest {
  private static final int INPUTS = 2;
  private static final int SIZE = 3;

  @Test
  void computesItsEquation() {
    try (Backend backend = new ToyProvider().open(BackendOptions.defaults());
        Scope scope = backend.scope("test")) {
      LayerNormalizedCell cell =
          new LayerNormalizedCell(
              new ParameterFactory(backend, scope, DataType.FLOAT32, InitialWeights.STANDARD, 4)
                  .cell(RecurrentInitialization.pytorch()),
              INPUTS,
              SIZE);
      float[] x = {0.3f, -1.2f};
      float[] before = {0.5f, -0.25f, 0.75f};
      EagerOps ops = new EagerOps(backend, scope);
      State after =
          cell.step(ops, tensor(backend, scope, x), State.of(tensor(backend, scope, before)));
      float[] got = new float[SIZE];
      backend.download(after.hidden(), got, 0);

      List<float[]> p = cell.parameters().stream().map(each -> values(backend, each)).toList();
      double[] sums = new double[SIZE];
      double mean = 0;
      for (int j = 0; j < SIZE; j++) {
        for (int i = 0; i < INPUTS; i++) {
          sums[j] += p.get(0)[j * INPUTS + i] * x[i];
        }
        for (int i = 0; i < SIZE; i++) {
          sums[j] += p.get(1)[j * SIZE + i] * before[i];
        }
        mean += sums[j] / SIZE;
      }
      double variance = 0;
      for (double sum : sums) {
        variance += (sum - mean) * (sum - mean) / SIZE;
      }
      for (int j = 0; j < SIZE; j++) {
        double normal = (sums[j] - mean) / Math.sqrt(variance + 1e-5);
        double want = Math.tanh((1 + p.get(2)[j]) * normal + p.get(3)[j]);
        assertThat((double) got[j]).isCloseTo(want, within(1e-5));
      }
    }
  }

  @Test
  void refusesASingleUnit() {
    assertThatThrownBy(() -> new LayerNormalizedCell(null, 1, 1))
        .hasMessageContainingAll("hidden size 1", "at least 2", "equals the mean");
  }

  private static Tensor tensor(Backend backend, Scope scope, float[] values) {
    Tensor tensor = scope.create(DataType.FLOAT32, Shape.of(1, values.length));
    backend.upload(values, 0, tensor);
    return tensor;
  }

  private static float[] values(Backend backend, Parameter parameter) {
    float[] values = new float[parameter.value().size()];
    backend.download(parameter.value(), values, 0);
    return values;
  }
}
