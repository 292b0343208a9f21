package org.recur4j.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.kernel.Activation;
import org.recur4j.api.recurrent.Direction;
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
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.recurrent.ResetVariant;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Lengths;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.cuda.driver.DeviceFacts;
import org.recur4j.backend.cuda.product.Tiling;
import org.recur4j.backend.cuda.twin.CpuTwin;
import org.recur4j.backend.cuda.twin.OnCpuTwin;

/**
 * Every tile gives the bits of every other, so the ones that the kit's small extents never choose
 * are held to the ones it does.
 */
@Tag("cpu-twin")
@ExtendWith(OnCpuTwin.class)
class TilingTest {
  private static final int STEPS = 5;
  private static final int BATCH = 37;
  private static final int FEATURES = 6;
  private static final int SIZE = 70;

  @BeforeAll
  static void scatter() {
    CpuTwin.seed(7);
    // So that W_hh of every cell fits the shared memory of a block.
    CpuTwin.capability(90);
  }

  private record Forced(int gemmTile, Tiling.StepTile stepTile, boolean isResident)
      implements Tiling {
    @Override
    public int gemm(int m, int n, int count) {
      return gemmTile;
    }

    @Override
    public Tiling.StepTile step(int batch, int size) {
      return stepTile;
    }

    @Override
    public boolean resident(int steps) {
      return isResident;
    }
  }

  static Stream<RecurrentSpec> specifications() {
    return Stream.of(
            RecurrentSpec.vanilla(FEATURES, SIZE).activation(Activation.RELU),
            RecurrentSpec.lstm(FEATURES, SIZE),
            RecurrentSpec.gru(FEATURES, SIZE),
            RecurrentSpec.gru(FEATURES, SIZE).reset(ResetVariant.BEFORE_PRODUCT))
        .map(builder -> builder.direction(Direction.BIDIRECTIONAL).build());
  }

  @ParameterizedTest
  @MethodSource("specifications")
  void noTileChangesABit(RecurrentSpec spec) {
    long before = CpuTwin.launches();
    float[] small = run(spec, new Forced(32, Tiling.StepTile.NARROW, false));
    long launches = CpuTwin.launches() - before;

    assertThat(run(spec, new Forced(64, Tiling.StepTile.TALL, false))).isEqualTo(small);
    assertThat(run(spec, new Forced(128, Tiling.StepTile.WIDE, false))).isEqualTo(small);
    before = CpuTwin.launches();
    float[] resident = run(spec, new Forced(32, Tiling.StepTile.NARROW, true));
    assertThat(resident).isEqualTo(small);
    assertThat(CpuTwin.launches() - before).as("resident kernels ran").isLessThan(launches);
  }

  @Test
  void largerProductsTakeLargerTiles() {
    assertThat(Tiling.BY_SHAPE.gemm(32, 4096, 1)).isEqualTo(32);
    assertThat(Tiling.BY_SHAPE.gemm(512, 512, 1)).isEqualTo(64);
    assertThat(Tiling.BY_SHAPE.gemm(4096, 1024, 1)).isEqualTo(128);
    assertThat(Tiling.BY_SHAPE.step(16, 4096)).isEqualTo(Tiling.StepTile.NARROW);
    assertThat(Tiling.BY_SHAPE.step(64, 512)).isEqualTo(Tiling.StepTile.TALL);
    assertThat(Tiling.BY_SHAPE.step(256, 1024)).isEqualTo(Tiling.StepTile.WIDE);
  }

  /**
   * Forward and backward three times, so that the last is a recorded graph; everything it wrote.
   */
  private static float[] run(RecurrentSpec spec, Tiling tiling) {
    DeviceFacts facts = DeviceFacts.first().facts();
    try (Backend backend = CudaBackend.open(BackendOptions.defaults(), facts, tiling);
        Scope scope = backend.scope("tiles")) {
      SplittableRandom random = new SplittableRandom(11);
      List<Tensor> written = new ArrayList<>();
      List<DirectionWeights> weights = new ArrayList<>();
      List<DirectionWeights> sums = new ArrayList<>();
      int rows = spec.gates() * SIZE;
      for (int d = 0; d < 2; d++) {
        List<Tensor> one = new ArrayList<>();
        List<Tensor> sum = new ArrayList<>();
        for (int[] shape : new int[][] {{rows, FEATURES}, {rows, SIZE}, {rows}, {rows}}) {
          one.add(filled(backend, scope, random, 0.3, shape));
          sum.add(filled(backend, scope, random, 0, shape));
        }
        weights.add(new DirectionWeights(one.get(0), one.get(1), one.get(2), one.get(3)));
        sums.add(new DirectionWeights(sum.get(0), sum.get(1), sum.get(2), sum.get(3)));
        written.addAll(sum);
      }
      int[] lengths = new int[BATCH];
      for (int row = 0; row < BATCH; row++) {
        lengths[row] = row % (STEPS + 1);
      }
      Tensor x = filled(backend, scope, random, 1, STEPS, BATCH, FEATURES);
      Tensor y = filled(backend, scope, random, 0, STEPS, BATCH, 2 * SIZE);
      Tensor dy = filled(backend, scope, random, 1, STEPS, BATCH, 2 * SIZE);
      Tensor dx = filled(backend, scope, random, 0, STEPS, BATCH, FEATURES);
      written.add(y);
      written.add(dx);
      try (RecurrentPlan plan =
          backend.recurrence().plan(spec, new RecurrentWeights(weights), Fusion.REQUIRE)) {
        Pass pass = plan.open(scope, new Extent(STEPS, BATCH), Mode.TRAINING);
        for (int round = 0; round < 3; round++) {
          RecurrentInput in = new RecurrentInput(x, Lengths.of(STEPS, lengths), null, null);
          plan.forward(pass, in, new RecurrentOutput(y, null));
          plan.backward(
              pass,
              new RecurrentOutput(dy, null),
              new RecurrentInput(dx, null, null, null),
              new RecurrentGradients(sums));
        }
      }
      return read(backend, written);
    }
  }

  private static Tensor filled(
      Backend backend, Scope scope, SplittableRandom random, double scale, int... extents) {
    Tensor tensor = scope.create(DataType.FLOAT32, Shape.of(extents));
    float[] values = new float[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (scale * random.nextDouble(-1, 1));
    }
    backend.upload(values, 0, tensor);
    return tensor;
  }

  private static float[] read(Backend backend, List<Tensor> tensors) {
    float[] all = new float[tensors.stream().mapToInt(Tensor::size).sum()];
    int at = 0;
    for (Tensor tensor : tensors) {
      backend.download(tensor, all, at);
      at += tensor.size();
    }
    return all;
  }
}
