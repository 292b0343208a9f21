package org.recur4j.backend.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.recur4j.api.backend.Availability.Available;
import org.recur4j.api.backend.Availability.Unavailable;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.BackendException;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.cuda.twin.CpuTwin;
import org.recur4j.backend.cuda.twin.OnCpuTwin;

/** What the probe says and open throws, with a driver that can be told what to answer. */
@Tag("cpu-twin")
@ExtendWith(OnCpuTwin.class)
class ProbeTest {
  private static final long GIBIBYTE = 1L << 30;
  private final CudaProvider provider = new CudaProvider();

  @AfterEach
  void restore() {
    CpuTwin.devices(1);
    CpuTwin.driver(12_040);
    CpuTwin.capability(75);
    CpuTwin.memory(2 * GIBIBYTE);
  }

  private Unavailable refusal() {
    assertThat(provider.probe()).isInstanceOf(Unavailable.class);
    Unavailable refusal = (Unavailable) provider.probe();
    long contexts = CpuTwin.contexts();
    assertThatThrownBy(() -> provider.open(BackendOptions.defaults()))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("open backend 'cuda'")
        .hasMessageContaining(refusal.reason())
        .hasMessageContaining(refusal.remedy());
    assertThat(CpuTwin.contexts()).isEqualTo(contexts);
    return refusal;
  }

  @Test
  void tellsNameMemoryCapabilityDriverAndEngine() {
    CpuTwin.capability(90);

    Available found = (Available) provider.probe();

    assertThat(found.score()).isEqualTo(300);
    assertThat(found.detail())
        .startsWith("CPU twin of a CUDA device (tests only), 2.0 GiB, compute capability 9.0")
        .contains("driver for CUDA 12.4", "own kernels (sm90)", "cuBLAS was not requested");
  }

  @Test
  void makesNoContext() {
    provider.probe();

    assertThat(CpuTwin.contexts()).isZero();
    assertThat(CpuTwin.allocations()).isZero();
  }

  @Test
  void refusesADriverWithoutADevice() {
    CpuTwin.devices(0);

    assertThat(refusal().reason()).isEqualTo("the NVIDIA driver is installed but finds no device");
    assertThat(refusal().remedy()).contains("nvidia-smi", "CUDA_VISIBLE_DEVICES", "ejml");
  }

  @Test
  void refusesAnOldDriver() {
    CpuTwin.driver(11_080);

    assertThat(refusal().reason()).isEqualTo("the NVIDIA driver is too old: it supports CUDA 11.8");
    assertThat(refusal().remedy())
        .isEqualTo("install driver 525 or newer, which supports CUDA 12.0");
  }

  @Test
  void refusesAnOldDevice() {
    CpuTwin.capability(61);

    assertThat(refusal().reason()).contains("too old", "compute capability 6.1");
    assertThat(refusal().remedy()).contains("7.5 (Turing, 2018) or newer");
  }

  @Test
  void refusesADeviceThatIsNotThere() {
    BackendOptions second = BackendOptions.defaults().withDevice(1);

    assertThatThrownBy(() -> provider.open(second))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("there is no device 1: the driver finds 1");
  }

  @Test
  void openReportsExhaustedMemoryLikeEveryOtherReason() {
    CpuTwin.memory(1000);

    assertThatThrownBy(() -> provider.open(BackendOptions.defaults()))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("open backend 'cuda'")
        .hasMessageContaining("CUDA_ERROR_OUT_OF_MEMORY")
        .hasMessageContaining("close other programs on the device");
    assertThat(CpuTwin.contexts()).isZero();
  }

  @Test
  void aFailureHalfWayThroughOpeningLeavesNothingBehind() {
    // Enough for a context, not for the scratch of the kernels.
    CpuTwin.memory(1 << 20);
    try (Backend backend = provider.open(BackendOptions.defaults());
        Scope scope = backend.scope("full")) {
      assertThatThrownBy(() -> scope.create(DataType.FLOAT32, Shape.of(1 << 20)))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("out of memory on the device")
          .hasMessageContaining("smaller batch");
    }
    assertThat(CpuTwin.allocations() + CpuTwin.pinned() + CpuTwin.streams()).isZero();
  }

  @Test
  void aFullDeviceFreesWhatThePoolKeepsAndTriesAgain() {
    CpuTwin.memory(8 << 20);
    try (Backend backend = provider.open(BackendOptions.defaults());
        Scope scope = backend.scope("full")) {
      scope.create(DataType.FLOAT32, Shape.of(1 << 20));
      scope.reset();

      Tensor larger = scope.create(DataType.FLOAT32, Shape.of(3 << 19));

      assertThat(larger.isOpen()).isTrue();
      assertThat(backend.memory().use().allocations()).isEqualTo(2);
    }
  }

  @Test
  void refusesTypesItDoesNotHave() {
    try (Backend backend = provider.open(BackendOptions.defaults());
        Scope scope = backend.scope("types")) {
      assertThatThrownBy(() -> scope.create(DataType.FLOAT64, Shape.of(1)))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("FLOAT32 or INT32")
          .hasMessageContaining("backend ejml");
    }
  }

  @Test
  void reportsAnIndexOutsideItsAxisWhenItWaits() {
    try (Backend backend = provider.open(BackendOptions.defaults());
        Scope scope = backend.scope("faults")) {
      Tensor table = scope.create(DataType.FLOAT32, Shape.of(3, 2));
      Tensor indices = scope.create(DataType.INT32, Shape.of(2));
      Tensor rows = scope.create(DataType.FLOAT32, Shape.of(2, 2));
      backend.upload(new float[] {1, 2, 3, 4, 5, 6}, 0, table);
      backend.upload(new int[] {1, 3}, 0, indices);
      backend.kernels().gather(table, 0, indices, rows);
      float[] got = new float[4];

      assertThatThrownBy(() -> backend.download(rows, got, 0))
          .isInstanceOf(InvalidArgumentException.class)
          .hasMessageContaining("gather")
          .hasMessageContaining("index 3")
          .hasMessageContaining("[-1, 3)");
      backend.download(rows, got, 0);

      assertThat(got).containsExactly(3, 4, 0, 0);
    }
  }
}
