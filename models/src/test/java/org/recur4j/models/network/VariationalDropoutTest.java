package org.recur4j.models.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.ops.EagerOps;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.conformance.toy.ToyProvider;
import org.recur4j.models.internal.layer.CarriedStates;
import org.recur4j.models.internal.layer.DropoutLayer;
import org.recur4j.models.internal.layer.LayerContext;
import org.recur4j.models.internal.layer.LayerOutput;
import org.recur4j.models.internal.layer.Workspaces;

/** Dropout whose mask all steps of a sequence share, beside dropout whose steps differ. */
class VariationalDropoutTest {
  private static final int STEPS = 5;
  private static final int ROWS = 3;
  private static final int FEATURES = 40;

  private Backend backend;
  private Scope scope;
  private Workspaces passes;

  @BeforeEach
  void open() {
    backend = new ToyProvider().open(BackendOptions.defaults());
    scope = backend.scope("test");
    passes = new Workspaces(scope.child("passes"));
  }

  @AfterEach
  void close() {
    passes.close();
    scope.close();
    backend.close();
  }

  @Test
  void allStepsAndTheLastStateOfARowShareOneMask() {
    DropoutLayer layer = new DropoutLayer(0.25, true, 2, FEATURES);
    LayerOutput out = layer.forward(run(Mode.TRAINING, 9, 4), ones());
    float[] values = read(out.values());
    float[] last = read(out.last());
    int zeros = 0;
    for (int i = 0; i < values.length; i++) {
      assertThat(values[i]).isEqualTo(last[i % last.length]);
      assertThat(values[i]).isIn(0f, (float) (1 / 0.75));
    }
    for (float value : last) {
      zeros += value == 0 ? 1 : 0;
    }
    assertThat(zeros).isBetween(15, 45);
    assertThat(Arrays.copyOfRange(last, 0, FEATURES))
        .as("rows have masks of their own")
        .isNotEqualTo(Arrays.copyOfRange(last, FEATURES, 2 * FEATURES));
    assertThat(layer.name()).isEqualTo("variational dropout 0.25");
  }

  @Test
  void masksDependOnSeedStepAndLayerAlone() {
    float[] first = draw(new DropoutLayer(0.25, true, 2, FEATURES), 9, 4);
    assertThat(draw(new DropoutLayer(0.25, true, 2, FEATURES), 9, 4)).containsExactly(first);
    assertThat(draw(new DropoutLayer(0.25, true, 2, FEATURES), 9, 5)).isNotEqualTo(first);
    assertThat(draw(new DropoutLayer(0.25, true, 2, FEATURES), 8, 4)).isNotEqualTo(first);
    assertThat(draw(new DropoutLayer(0.25, true, 3, FEATURES), 9, 4)).isNotEqualTo(first);
  }

  @Test
  void stepsOfPlainDropoutDiffer() {
    float[] values = draw(new DropoutLayer(0.25, 2, FEATURES), 9, 4);
    int step = ROWS * FEATURES;
    assertThat(Arrays.copyOfRange(values, 0, step))
        .isNotEqualTo(Arrays.copyOfRange(values, step, 2 * step));
  }

  @Test
  void nothingIsDroppedInInference() {
    LayerOutput in = ones();
    assertThat(new DropoutLayer(0.25, true, 2, FEATURES).forward(run(Mode.INFERENCE, 9, 4), in))
        .isSameAs(in);
  }

  private float[] draw(DropoutLayer layer, long seed, long step) {
    return read(layer.forward(run(Mode.TRAINING, seed, step), ones()).values());
  }

  private LayerOutput ones() {
    Tensor values = scope.create(DataType.FLOAT32, Shape.of(STEPS, ROWS, FEATURES));
    Tensor last = scope.create(DataType.FLOAT32, Shape.of(ROWS, FEATURES));
    backend.kernels().fill(1, values);
    backend.kernels().fill(1, last);
    return new LayerOutput(values, last);
  }

  private LayerContext run(Mode mode, long seed, long step) {
    return new LayerContext(
        new EagerOps(backend, scope),
        Lengths.full(STEPS, ROWS),
        null,
        mode,
        seed,
        step,
        passes,
        CarriedStates.none());
  }

  private float[] read(Tensor tensor) {
    float[] values = new float[tensor.size()];
    backend.download(tensor, values, 0);
    return values;
  }
}
