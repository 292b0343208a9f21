package org.recur4j.backend.cuda.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.recurrent.CellKind;
import org.recur4j.api.recurrent.Direction;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.recurrent.RecurrentGradients;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.cuda.CudaProvider;
import org.recur4j.backend.cuda.twin.CpuTwin;
import org.recur4j.backend.cuda.twin.OnCpuTwin;

/**
 * Plans that may round to TF32: near those that may not, and offered where a device has the cores.
 */
@Tag("cpu-twin")
@ExtendWith(OnCpuTwin.class)
class Tf32PlanTest {
  private static final int STEPS = 4;
  private static final int BATCH = 3;
  private static final int INPUTS = 7;
  private static final int UNITS = 9;

  private Backend backend;

  @BeforeEach
  void newerDevice() {
    CpuTwin.seed(20);
    CpuTwin.capability(80);
    backend = new CudaProvider().open(BackendOptions.defaults());
  }

  @AfterEach
  void close() {
    backend.close();
    CpuTwin.capability(75);
  }

  @ParameterizedTest
  @EnumSource(CellKind.class)
  void staysNearFullPrecision(CellKind cell) {
    float[] full = run(spec(cell, Precision.FULL));
    float[] rounded = run(spec(cell, Precision.TF32));

    assertThat(rounded).as("something was rounded").isNotEqualTo(full);
    for (int i = 0; i < full.length; i++) {
      // Operands are off by 2^-11 of themselves; sums of some ten of them by a few thousandths.
      assertThat(rounded[i]).isCloseTo(full[i], within(4e-3f * Math.max(1, Math.abs(full[i]))));
    }
    assertThat(run(spec(cell, Precision.TF32))).as("the same again").isEqualTo(rounded);
  }

  @Test
  void saysWhatIsRounded() {
    assertThat(backend.recurrence().assess(spec(CellKind.LSTM, Precision.TF32)).reason())
        .contains("products over all steps in TF32");
    assertThat(backend.recurrence().assess(spec(CellKind.LSTM, Precision.FULL)).reason())
        .doesNotContain("TF32");
  }

  @Test
  void anOlderDeviceSaysSo() {
    backend.close();
    CpuTwin.capability(75);
    backend = new CudaProvider().open(BackendOptions.defaults());

    var verdict = backend.recurrence().assess(spec(CellKind.GRU, Precision.TF32));

    assertThat(verdict.fused()).isFalse();
    assertThat(verdict.reason())
        .isEqualTo("portable: precision TF32 needs a device of compute capability 8.0");
  }

  private static RecurrentSpec spec(CellKind cell, Precision precision) {
    RecurrentSpec.Builder builder =
        switch (cell) {
          case VANILLA -> RecurrentSpec.vanilla(INPUTS, UNITS);
          case LSTM -> RecurrentSpec.lstm(INPUTS, UNITS);
          case GRU -> RecurrentSpec.gru(INPUTS, UNITS);
        };
    return builder.direction(Direction.FORWARD).precision(precision).build();
  }

  /** y, dx and the gradients of the weights, one after another. */
  private float[] run(RecurrentSpec spec) {
    SplittableRandom random = new SplittableRandom(11);
    try (Scope scope = backend.scope("tf32")) {
      RecurrentWeights weights = new RecurrentWeights(List.of(weights(scope, spec, random, 0.5)));
      DirectionWeights sums = weights(scope, spec, random, 0);
      Tensor x = tensor(scope, random, 1, STEPS, BATCH, INPUTS);
      Tensor y = tensor(scope, random, 0, STEPS, BATCH, UNITS);
      Tensor dy = tensor(scope, random, 1, STEPS, BATCH, UNITS);
      Tensor dx = tensor(scope, random, 0, STEPS, BATCH, INPUTS);
      try (RecurrentPlan plan = backend.recurrence().plan(spec, weights, Fusion.REQUIRE)) {
        Pass pass = plan.open(scope, new Extent(STEPS, BATCH), Mode.TRAINING);
        plan.forward(pass, new RecurrentInput(x, null, null, null), new RecurrentOutput(y, null));
        plan.backward(
            pass,
            new RecurrentOutput(dy, null),
            new RecurrentInput(dx, null, null, null),
            new RecurrentGradients(List.of(sums)));
      }
      return collect(y, dx, sums.weightIh(), sums.weightHh(), sums.biasIh());
    }
  }

  private DirectionWeights weights(
      Scope scope, RecurrentSpec spec, SplittableRandom random, double bound) {
    int rows = spec.gates() * UNITS;
    return new DirectionWeights(
        tensor(scope, random, bound, rows, INPUTS),
        tensor(scope, random, bound, rows, UNITS),
        tensor(scope, random, bound, rows),
        tensor(scope, random, bound, rows));
  }

  private Tensor tensor(Scope scope, SplittableRandom random, double bound, int... extents) {
    Tensor tensor = scope.create(DataType.FLOAT32, Shape.of(extents));
    float[] values = new float[tensor.size()];
    for (int i = 0; bound > 0 && i < values.length; i++) {
      values[i] = (float) random.nextDouble(-bound, bound);
    }
    backend.upload(values, 0, tensor);
    return tensor;
  }

  private float[] collect(Tensor... tensors) {
    int size = 0;
    for (Tensor tensor : tensors) {
      size += tensor.size();
    }
    float[] all = new float[size];
    int at = 0;
    for (Tensor tensor : tensors) {
      backend.download(tensor, all, at);
      at += tensor.size();
    }
    return all;
  }
}
