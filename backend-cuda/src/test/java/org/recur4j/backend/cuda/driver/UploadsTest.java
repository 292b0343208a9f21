package org.recur4j.backend.cuda.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.cuda.CudaProvider;
import org.recur4j.backend.cuda.twin.CpuTwin;
import org.recur4j.backend.cuda.twin.OnCpuTwin;

/** Long uploads cross the bus beside the device's work, and are in order with it all the same. */
@Tag("cpu-twin")
@ExtendWith(OnCpuTwin.class)
class UploadsTest {
  private static final long MEBIBYTE = 1L << 20;
  private static final long DEVICE_MEMORY = 2048 * MEBIBYTE;

  @BeforeEach
  @AfterEach
  void usualDevice() {
    CpuTwin.seed(0);
    CpuTwin.lazy(true);
    CpuTwin.memory(DEVICE_MEMORY);
  }

  @Test
  void doNotWaitForWorkThatIsStillInTheQueue() {
    try (Backend backend = open();
        Scope scope = backend.scope("uploads")) {
      int size = (Staging.MOST_BUFFERS + 2) * Staging.ELEMENTS;
      Tensor series = scope.create(DataType.FLOAT32, Shape.of(size));
      Tensor busy = scope.create(DataType.FLOAT32, Shape.of(64));
      backend.synchronize();
      long before = CpuTwin.executed();
      backend.kernels().fill(1, busy);
      backend.upload(new float[size], 0, series);
      assertThat(CpuTwin.executed()).as("kernels that ran meanwhile").isEqualTo(before);
      backend.synchronize();
      assertThat(CpuTwin.executed()).isEqualTo(before + 1);
    }
  }

  /** With scattered seeds either stream now and then runs ahead as far as events let it. */
  @ParameterizedTest
  @ValueSource(longs = {0, 2, 3, 5, 7, 11})
  void areInOrderWithWorkOnTheSameTensor(long seed) {
    CpuTwin.seed(seed);
    int size = Staging.LEAST_BESIDE;
    try (Backend backend = open();
        Scope scope = backend.scope("uploads")) {
      Tensor x = scope.create(DataType.FLOAT32, Shape.of(size));
      Tensor sum = scope.create(DataType.FLOAT32, Shape.of(size));
      backend.kernels().fill(0, sum);
      float expected = 0;
      for (int round = 1; round <= 3 * Staging.MOST_BUFFERS; round++) {
        float[] values = new float[size];
        Arrays.fill(values, round);
        backend.upload(values, 0, x);
        backend.kernels().scaleAdd(1, x, 1, sum);
        expected += round;
      }
      float[] result = new float[size];
      backend.download(sum, result, 0);
      float[] sums = new float[size];
      Arrays.fill(sums, expected);
      assertThat(result).isEqualTo(sums);
    }
  }

  @Test
  void goInTheOrderOfTheWorkWhereTheDeviceHasNoRoomForThemToLand() {
    CpuTwin.memory(2 * MEBIBYTE + 256 * 1024);
    try (Backend backend = open();
        Scope scope = backend.scope("uploads")) {
      int size = (int) (2 * MEBIBYTE / 4) - 64;
      Tensor all = scope.create(DataType.FLOAT32, Shape.of(size));
      float[] values = new float[size];
      for (int i = 0; i < size; i++) {
        values[i] = i;
      }
      backend.upload(values, 0, all);
      float[] back = new float[size];
      backend.download(all, back, 0);
      assertThat(back).isEqualTo(values);
    }
  }

  @Test
  void needOneBufferWhereTheDeviceKeepsUp() {
    CpuTwin.lazy(false);
    try (Backend backend = open();
        Scope scope = backend.scope("uploads")) {
      long before = CpuTwin.pinned();
      Tensor x = scope.create(DataType.FLOAT32, Shape.of(3 * Staging.ELEMENTS));
      for (int round = 0; round < 4; round++) {
        backend.upload(new float[x.size()], 0, x);
      }
      assertThat(CpuTwin.pinned()).isEqualTo(before + 1);
    }
  }

  private static Backend open() {
    return new CudaProvider().open(BackendOptions.defaults());
  }
}
