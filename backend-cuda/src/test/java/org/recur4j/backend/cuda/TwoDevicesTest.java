package org.recur4j.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.recurrent.DirectionWeights;
import org.recur4j.api.recurrent.Extent;
import org.recur4j.api.recurrent.Fusion;
import org.recur4j.api.recurrent.Mode;
import org.recur4j.api.recurrent.RecurrentPlan;
import org.recur4j.api.recurrent.RecurrentSpec;
import org.recur4j.api.recurrent.RecurrentWeights;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.cuda.twin.CpuTwin;
import org.recur4j.backend.cuda.twin.OnCpuTwin;

/** Several devices in one thread, and a sequence too large for one. */
@Tag("cpu-twin")
@ExtendWith(OnCpuTwin.class)
class TwoDevicesTest {
  @BeforeEach
  void twoDevices() {
    CpuTwin.seed(0);
    CpuTwin.devices(2);
  }

  @AfterEach
  void oneDevice() {
    CpuTwin.devices(1);
  }

  @Test
  void takeTurnsInOneThread() {
    CudaProvider provider = new CudaProvider();
    try (Backend first = provider.open(device(0));
        Backend second = provider.open(device(1));
        Scope one = first.scope("first");
        Scope other = second.scope("second")) {
      Tensor a = one.create(DataType.FLOAT32, Shape.of(3));
      Tensor b = other.create(DataType.FLOAT32, Shape.of(3));
      for (int round = 1; round <= 3; round++) {
        first.upload(new float[] {round, 2, 3}, 0, a);
        second.upload(new float[] {round, 20, 30}, 0, b);
        first.kernels().affine(2, 1, a, a);
        second.kernels().affine(3, 1, b, b);
        assertThat(download(first, a)).containsExactly(2 * round + 1, 5, 7);
        assertThat(download(second, b)).containsExactly(3 * round + 1, 61, 91);
      }
    }
  }

  @Test
  void saysThatASequenceIsTooLargeForTheKernels() {
    try (Backend backend = new CudaProvider().open(BackendOptions.defaults());
        Scope scope = backend.scope("large")) {
      DirectionWeights weights =
          new DirectionWeights(
              scope.create(DataType.FLOAT32, Shape.of(4 * 256, 1)),
              scope.create(DataType.FLOAT32, Shape.of(4 * 256, 256)),
              scope.create(DataType.FLOAT32, Shape.of(4 * 256)),
              scope.create(DataType.FLOAT32, Shape.of(4 * 256)));
      try (RecurrentPlan plan =
          backend
              .recurrence()
              .plan(
                  RecurrentSpec.lstm(1, 256).build(),
                  new RecurrentWeights(List.of(weights)),
                  Fusion.REQUIRE)) {
        assertThatThrownBy(() -> plan.open(scope, new Extent(8192, 256), Mode.TRAINING))
            .isInstanceOf(InvalidArgumentException.class)
            .hasMessageContaining("8,192 steps of 256 sequences with 256 hidden units in 4 blocks")
            .hasMessageContaining("at most 8,190 steps")
            .hasMessageContaining("truncated backpropagation");
      }
    }
  }

  private static BackendOptions device(int index) {
    return BackendOptions.defaults().withDevice(index);
  }

  private static float[] download(Backend backend, Tensor tensor) {
    float[] values = new float[tensor.size()];
    backend.download(tensor, values, 0);
    return values;
  }
}
