package org.recur4j.backend.ejml.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.BackendException;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.Biases;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.Pass;
import org.recur4j.api.recurrent.Precision;
import org.recur4j.api.recurrent.RecurrentInput;
import org.recur4j.api.recurrent.RecurrentOutput;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.recurrent.ResetVariant;
import org.recur4j.api.spi.FusedCell;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.ejml.EjmlProvider;
import org.recur4j.backend.ejml.engine.FloatEngines;

class LowPrecisionTest {
  private static final int STEPS = 6;
  private static final int INPUT = 13;
  private static final int HIDDEN = 37;

  private final Backend backend = new EjmlProvider().open(BackendOptions.defaults().withThreads(1));
  private final Scope scope = backend.scope("test");
  private final boolean plain = !FloatEngines.preferred().usesVectors();

  @AfterEach
  void close() {
    scope.close();
    backend.close();
  }

  @ParameterizedTest
  @EnumSource(FusedCell.class)
  void equalsFullPrecisionOnTheRoundedWeights(FusedCell cell) {
    for (Precision precision : List.of(Precision.BF16, Precision.INT8)) {
      RecurrentSpec spec = spec(cell, precision);
      if (plain) {
        assertThat(backend.recurrence().assess(spec).reason())
            .contains("portable: precision " + precision + " has no kernel in plain Java")
            .contains("--add-modules jdk.incubator.vector");
        continue;
      }
      assertThat(backend.recurrence().assess(spec).reason()).contains("inference only");
      float[][] weights = weights(cell);
      float[][] rounded = weights.clone();
      rounded[0] = rounded(weights[0], INPUT, precision);
      rounded[1] = rounded(weights[1], HIDDEN, precision);
      for (int batch : new int[] {1, 2, 3, 6}) {
        float[] x = values(new Random(batch), STEPS * batch * INPUT, 1);
        float[] got = run(spec, weights, x, batch);
        float[] want = run(spec(cell, Precision.FULL), rounded, x, batch);
        assertThat(got).as(cell + " " + precision).containsExactly(want, within(4e-6f));
        float[] full = run(spec(cell, Precision.FULL), weights, x, batch);
        assertThat(got).as("rounding shows").isNotEqualTo(full);
        assertThat(got).containsExactly(full, within(cell == FusedCell.RELU ? 0.2f : 0.03f));
      }
    }
  }

  @Test
  void givesARowTheSameBitsAloneAndInCompany() {
    for (Precision precision : List.of(Precision.FULL, Precision.BF16, Precision.INT8)) {
      if (plain && precision != Precision.FULL) {
        continue;
      }
      RecurrentSpec spec = spec(FusedCell.LSTM, precision);
      float[][] weights = weights(FusedCell.LSTM);
      int batch = 7;
      float[] x = values(new Random(5), STEPS * batch * INPUT, 1);
      float[] together = run(spec, weights, x, batch);
      for (int b = 0; b < batch; b++) {
        float[] own = new float[STEPS * INPUT];
        for (int t = 0; t < STEPS; t++) {
          System.arraycopy(x, (t * batch + b) * INPUT, own, t * INPUT, INPUT);
        }
        float[] alone = run(spec, weights, own, 1);
        for (int t = 0; t < STEPS; t++) {
          for (int j = 0; j < HIDDEN; j++) {
            assertThat(together[(t * batch + b) * HIDDEN + j])
                .as("%s row %d step %d unit %d", precision, b, t, j)
                .isEqualTo(alone[t * HIDDEN + j]);
          }
        }
      }
    }
  }

  @Test
  void refusesTrainingAndUnknownPrecisions() {
    RecurrentWeights weights = tensors(weights(FusedCell.LSTM));
    RecurrentSpec device = spec(FusedCell.LSTM, Precision.TF32);
    assertThatThrownBy(() -> backend.recurrence().plan(device, weights, Fusion.REQUIRE))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("precision TF32 has no kernel");
    if (plain) {
      return;
    }
    RecurrentPlan plan =
        backend.recurrence().plan(spec(FusedCell.LSTM, Precision.INT8), weights, Fusion.REQUIRE);
    assertThatThrownBy(() -> plan.open(scope, new Extent(STEPS, 1), Mode.TRAINING))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("TRAINING of a plan with precision INT8")
        .hasMessageContaining("Train at full precision and lower it afterward");
    long full =
        backend
            .recurrence()
            .plan(spec(FusedCell.LSTM, Precision.FULL), weights, Fusion.REQUIRE)
            .report()
            .packedBytes();
    assertThat(plan.report().packedBytes()).isLessThan(full);
  }

  @Test
  void roundsHalvesToTheNearestAndTiesToEven() {
    if (plain) {
      return;
    }
    float[][] pairs = {
      {1f, 1f}, {0x1.01p0f, 1f}, {0x1.03p0f, 0x1.04p0f}, {-0x1.018p0f, -0x1.02p0f}
    };
    for (float[] pair : pairs) {
      assertThat(bfloat16(pair[0])).isEqualTo(pair[1]);
    }
    assertThat(bfloat16(Float.NaN)).isNaN();
    assertThat(bfloat16(Float.MAX_VALUE)).isEqualTo(Float.POSITIVE_INFINITY);
  }

  private static float bfloat16(float value) {
    return Float.intBitsToFloat(VectorHalfPanel.rounded(value) << 16);
  }

  private float[] run(RecurrentSpec spec, float[][] weights, float[] x, int batch) {
    RecurrentPlan plan = backend.recurrence().plan(spec, tensors(weights), Fusion.REQUIRE);
    Pass pass = plan.open(scope, new Extent(STEPS, batch), Mode.INFERENCE);
    Tensor in = tensor(x, STEPS, batch, INPUT);
    Tensor out = tensor(new float[STEPS * batch * HIDDEN], STEPS, batch, HIDDEN);
    plan.forward(pass, new RecurrentInput(in, null, null, null), new RecurrentOutput(out, null));
    float[] values = new float[STEPS * batch * HIDDEN];
    backend.download(out, values, 0);
    return values;
  }

  private static RecurrentSpec spec(FusedCell cell, Precision precision) {
    RecurrentSpec.Builder builder =
        switch (cell) {
          case TANH -> RecurrentSpec.vanilla(INPUT, HIDDEN);
          case RELU ->
              RecurrentSpec.vanilla(INPUT, HIDDEN)
                  .activation(org.recur4j.api.kernel.Activation.RELU);
          case LSTM -> RecurrentSpec.lstm(INPUT, HIDDEN);
          case GRU_RESET_AFTER -> RecurrentSpec.gru(INPUT, HIDDEN);
          case GRU_RESET_BEFORE ->
              RecurrentSpec.gru(INPUT, HIDDEN).reset(ResetVariant.BEFORE_PRODUCT);
        };
    return builder.biases(Biases.DOUBLE).precision(precision).build();
  }

  private static float[][] weights(FusedCell cell) {
    Random random = new Random(9);
    int rows = cell.gates() * HIDDEN;
    float scale = (float) (1 / Math.sqrt(HIDDEN));
    return new float[][] {
      values(random, rows * INPUT, scale),
      values(random, rows * HIDDEN, scale),
      values(random, rows, scale),
      values(random, rows, scale)
    };
  }

  /** What the panels are meant to hold: rows of W are columns of the panel. */
  private static float[] rounded(float[] weights, int columns, Precision precision) {
    float[] result = new float[weights.length];
    for (int row = 0; row < weights.length / columns; row++) {
      float largest = 0;
      for (int j = 0; j < columns; j++) {
        largest = Math.max(largest, Math.abs(weights[row * columns + j]));
      }
      for (int j = 0; j < columns; j++) {
        float w = weights[row * columns + j];
        result[row * columns + j] =
            precision == Precision.BF16
                ? bfloat16(w)
                : largest / 127f * Math.round(127f / largest * w);
      }
    }
    return result;
  }

  private RecurrentWeights tensors(float[][] weights) {
    int rows = weights[2].length;
    return new RecurrentWeights(
        List.of(
            new DirectionWeights(
                tensor(weights[0], rows, INPUT),
                tensor(weights[1], rows, HIDDEN),
                tensor(weights[2], rows),
                tensor(weights[3], rows))));
  }

  private Tensor tensor(float[] values, int... extents) {
    Tensor tensor = scope.create(DataType.FLOAT32, Shape.of(extents));
    backend.upload(values, 0, tensor);
    return tensor;
  }

  private static float[] values(Random random, int count, float scale) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = scale * (random.nextFloat() * 2 - 1);
    }
    return values;
  }
}
