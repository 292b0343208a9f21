package org.recur4j.backend.cuda.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.recur4j.api.backend.Backend;
import org.recur4j.api.backend.BackendOptions;
import org.recur4j.api.error.BackendException;
import org.recur4j.api.error.InvalidArgumentException;
import org.recur4j.api.tensor.DataType;
import org.recur4j.api.tensor.Scope;
import org.recur4j.api.tensor.Shape;
import org.recur4j.api.tensor.Tensor;
import org.recur4j.backend.cuda.CudaProvider;
import org.recur4j.backend.cuda.driver.Device;
import org.recur4j.backend.cuda.driver.DeviceAddress;
import org.recur4j.backend.cuda.driver.DeviceArrays;
import org.recur4j.backend.cuda.driver.DeviceFacts;
import org.recur4j.backend.cuda.driver.LaunchQueue;
import org.recur4j.backend.cuda.twin.CpuTwin;
import org.recur4j.backend.cuda.twin.CublasTwin;
import org.recur4j.backend.cuda.twin.OnCpuTwin;
import org.recur4j.backend.cuda.twin.WithCublasTwin;

/** Our side of cuBLAS: what is asked of it and when, and what becomes of its errors. */
@Tag("cpu-twin")
@ExtendWith(OnCpuTwin.class)
@WithCublasTwin
class CublasTest {
  private static final BackendOptions CUBLAS =
      BackendOptions.defaults().withSetting("products", "cublas");
  private static final int OUT_OF_MEMORY = 3;
  private static final int EXECUTION_FAILED = 13;

  private final CudaProvider provider = new CudaProvider();
  private final SplittableRandom random = new SplittableRandom(5);

  @BeforeEach
  void order() {
    CpuTwin.seed(22);
  }

  @AfterEach
  void nothingStaysOpen() {
    assertThat(CublasTwin.handles()).as("handles of closed backends").isZero();
    CpuTwin.capability(75);
  }

  @Test
  void isUsedOnlyWhereItWasAskedFor() {
    long before = CublasTwin.calls();
    try (Backend backend = provider.open(BackendOptions.defaults())) {
      multiply(backend, false, false, 3, 4, 5);
      assertThat(CublasTwin.handles()).isZero();
      assertThat(CublasTwin.calls()).isEqualTo(before);
      assertThat(backend.info().engine())
          .isEqualTo(
              "own kernels (sm75), also for products: cuBLAS was not requested (products=cublas)"
                  + " and has not been measured to be faster");
    }
    try (Backend backend = provider.open(CUBLAS)) {
      multiply(backend, false, false, 3, 4, 5);
      assertThat(CublasTwin.calls()).isEqualTo(before + 1);
      assertThat(backend.info().engine())
          .isEqualTo(
              "own kernels (sm75), cuBLAS 12.0.99 for products over all steps and those of single"
                  + " kernels, as requested (products=cublas)");
    }
  }

  @Test
  void ownMayBeAskedForByName() {
    try (Backend backend = provider.open(CUBLAS.withSetting("products", "own"))) {
      assertThat(backend.info().engine()).contains("cuBLAS was not requested");
    }
  }

  @Test
  void refusesSettingsItDoesNotKnow() {
    assertThatThrownBy(() -> provider.open(CUBLAS.withSetting("products", "cudnn")))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("open backend 'cuda': got setting products=cudnn")
        .hasMessageContaining("products=own|cublas");
    assertThatThrownBy(() -> provider.open(CUBLAS.withSetting("product", "own")))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("product=own");
  }

  @ParameterizedTest
  @CsvSource({
    "false, false, 7, 5, 3",
    "false, true, 1, 9, 16",
    "true, false, 6, 1, 33",
    "true, true, 4, 11, 1"
  })
  void rowsFirstAndColumnsFirstAgree(boolean transposeA, boolean transposeB, int m, int n, int k) {
    float[] own;
    try (Backend backend = provider.open(BackendOptions.defaults())) {
      own = multiply(backend, transposeA, transposeB, m, n, k);
    }
    try (Backend backend = provider.open(CUBLAS)) {
      assertThat(multiply(backend, transposeA, transposeB, m, n, k))
          .usingElementComparator((x, y) -> Math.abs(x - y) <= 1e-5f ? 0 : 1)
          .containsExactly(own);
    }
  }

  /** Two entries of a batch, α = 0.5 and β = 2, with the same numbers each time. */
  private float[] multiply(
      Backend backend, boolean transposeA, boolean transposeB, int m, int n, int k) {
    SplittableRandom same = new SplittableRandom(m + 31 * n + 37 * k);
    try (Scope scope = backend.scope("product")) {
      Tensor a = filled(backend, scope, same, 2, transposeA ? k : m, transposeA ? m : k);
      Tensor b = filled(backend, scope, same, 2, transposeB ? n : k, transposeB ? k : n);
      Tensor c = filled(backend, scope, same, 2, m, n);
      backend.kernels().batchedGemm(transposeA, transposeB, 0.5, a, b, 2, c);
      float[] values = new float[c.size()];
      backend.download(c, values, 0);
      return values;
    }
  }

  private static Tensor filled(
      Backend backend, Scope scope, SplittableRandom random, int... extents) {
    Tensor tensor = scope.create(DataType.FLOAT32, Shape.of(extents));
    float[] values = new float[tensor.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble(-1, 1);
    }
    backend.upload(values, 0, tensor);
    return tensor;
  }

  @Test
  void aLongSumIsCutAndTheBiasIsLaid() {
    int rows = ChunkSums.LONGEST_CHUNK + 5;
    int m = 3;
    int n = 2;
    Device device = new Device(DeviceFacts.first().facts());
    MatrixProducts products = new MatrixProducts(device, Tiling.BY_SHAPE, ProductEngine.CUBLAS);
    try {
      DeviceArrays arrays = new DeviceArrays(device);
      float[] a = DeviceArrays.random(random, rows * m);
      float[] b = DeviceArrays.random(random, rows * n);
      float[] before = DeviceArrays.random(random, m * n);
      float[] bias = DeviceArrays.random(random, n);
      DeviceAddress sum = arrays.upload(before);
      DeviceAddress result = arrays.upload(new float[m * n]);
      long calls = CublasTwin.calls();
      synchronized (device.queue()) {
        Gemm gemm = products.gemm(false);
        gemm.left(arrays.upload(a).address(), m, true);
        gemm.right(arrays.upload(b).address(), n, false).result(sum.address(), n);
        gemm.accumulate(m, n, rows, 0);
        assertThat(CublasTwin.calls()).as("two chunks").isEqualTo(calls + 2);
        gemm.left(arrays.upload(a).address(), 1, false);
        gemm.right(arrays.upload(b).address(), n, false).result(result.address(), n);
        gemm.bias(arrays.upload(bias).address()).run(m, n, 1, 1, 0);
      }
      float[] sums = arrays.download(sum, m * n);
      float[] biased = arrays.download(result, m * n);
      for (int i = 0; i < m * n; i++) {
        double want = before[i];
        for (int row = 0; row < rows; row++) {
          want += (double) a[row * m + i / n] * b[row * n + i % n];
        }
        assertThat((double) sums[i]).isCloseTo(want, within(1e-3));
        assertThat(biased[i]).isEqualTo(a[i / n] * b[i % n] + bias[i % n]);
      }
      arrays.close();
    } finally {
      device.close();
    }
  }

  @Test
  void roundsToTf32OnlyWhereAskedAndGoesBack() {
    CpuTwin.capability(80);
    long before = CublasTwin.rounded();
    Device device = new Device(DeviceFacts.first().facts());
    MatrixProducts products = new MatrixProducts(device, Tiling.BY_SHAPE, ProductEngine.CUBLAS);
    try {
      DeviceArrays arrays = new DeviceArrays(device);
      DeviceAddress factor = arrays.upload(new float[] {1 + 0x1p-12f});
      DeviceAddress result = arrays.upload(new float[1]);
      synchronized (device.queue()) {
        Gemm full = products.gemm(false);
        Gemm rounding = products.gemm(true);
        for (Gemm gemm : new Gemm[] {full, rounding, full}) {
          gemm.left(factor.address(), 1, false).right(factor.address(), 1, false);
          gemm.result(result.address(), 1).run(1, 1, 1, 1, 0);
          float want = gemm == rounding ? 1 : (1 + 0x1p-12f) * (1 + 0x1p-12f);
          assertThat(arrays.download(result, 1)).containsExactly(want);
        }
      }
      assertThat(CublasTwin.rounded()).isEqualTo(before + 1);
      arrays.close();
    } finally {
      device.close();
    }
  }

  @Test
  void everyStreamHasAHandleAndARecordedOneHasNone() {
    Device device = new Device(DeviceFacts.first().facts());
    MatrixProducts products = new MatrixProducts(device, Tiling.BY_SHAPE, ProductEngine.CUBLAS);
    try {
      assertThat(CublasTwin.handles()).isEqualTo(2);
      DeviceArrays arrays = new DeviceArrays(device);
      long one = arrays.upload(new float[] {1}).address();
      LaunchQueue queue = device.queue();
      synchronized (queue) {
        queue.use(device.recorder());
        Gemm gemm = products.gemm(false).left(one, 1, false).right(one, 1, false).result(one, 1);
        assertThatThrownBy(() -> gemm.run(1, 1, 1, 1, 0))
            .isInstanceOf(BackendException.class)
            .hasMessageContaining("multiply with cuBLAS: got a stream without a handle")
            .hasMessageContaining("Do not record products in graphs");
        queue.use(queue.main());
      }
      arrays.close();
    } finally {
      device.close();
    }
  }

  @Test
  void itsErrorsHaveNames() {
    try (Backend backend = provider.open(CUBLAS)) {
      CublasTwin.failNext(EXECUTION_FAILED);

      assertThatThrownBy(() -> multiply(backend, false, false, 3, 4, 5))
          .isInstanceOf(BackendException.class)
          .hasMessageContaining("multiply 3 x 5 by 5 x 4 with cuBLAS")
          .hasMessageContaining("got CUBLAS_STATUS_EXECUTION_FAILED; expected success")
          .hasMessageContaining("restart the program");
    }
  }

  @Test
  void aHandleThatDoesNotOpenLeavesNothingBehind() {
    CublasTwin.failNext(OUT_OF_MEMORY);

    assertThatThrownBy(() -> provider.open(CUBLAS))
        .isInstanceOf(BackendException.class)
        .hasMessageContaining("open cuBLAS on the CUDA device: got CUBLAS_STATUS_ALLOC_FAILED")
        .hasMessageContaining("products=own");
    assertThat(CpuTwin.contexts() + CpuTwin.streams() + CpuTwin.pinned()).isZero();
  }
}
