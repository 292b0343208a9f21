package org.recur4j.backend.cuda.product;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.recur4j.backend.cuda.driver.Device;
import org.recur4j.backend.cuda.driver.DeviceAddress;
import org.recur4j.backend.cuda.driver.DeviceArrays;
import org.recur4j.backend.cuda.driver.DeviceFacts;
import org.recur4j.backend.cuda.driver.LaunchQueue;
import org.recur4j.backend.cuda.twin.CpuTwin;
import org.recur4j.backend.cuda.twin.OnCpuTwin;

/**
 * Products on tensor cores, on the CPU twin, which multiplies fragments where the instruction set
 * says they lie: the indexing is checked here, the hardware's own rounding is not.
 */
@Tag("cpu-twin")
@ExtendWith(OnCpuTwin.class)
class Tf32ProductTest {
  private final SplittableRandom random = new SplittableRandom(3);
  private Device device;
  private LaunchQueue queue;
  private DeviceArrays arrays;

  @BeforeEach
  void open() {
    CpuTwin.seed(20);
    CpuTwin.capability(80);
    device = new Device(DeviceFacts.first().facts());
    queue = device.queue();
    arrays = new DeviceArrays(device);
  }

  @AfterEach
  void close() {
    arrays.close();
    device.close();
    CpuTwin.capability(75);
  }

  @ParameterizedTest
  @CsvSource({
    "false, false, 70, 67, 45",
    "false, true, 65, 9, 16",
    "true, false, 1, 130, 33",
    "true, true, 64, 64, 8",
    "false, true, 5, 3, 1"
  })
  void roundsOperandsAndNothingElse(boolean transposeA, boolean transposeB, int m, int n, int k) {
    float[] a = DeviceArrays.random(random, m * k);
    float[] b = DeviceArrays.random(random, k * n);
    float[] bias = DeviceArrays.random(random, n);
    float[] before = DeviceArrays.random(random, m * n);
    DeviceAddress c = arrays.upload(before);
    OwnGemm gemm = new OwnGemm(device, Tiling.BY_SHAPE, true);

    gemm.left(arrays.upload(a).address(), transposeA ? m : k, transposeA)
        .right(arrays.upload(b).address(), transposeB ? k : n, transposeB)
        .result(c.address(), n)
        .bias(arrays.upload(bias).address())
        .run(m, n, k, 0.5, 2);

    check(a, transposeA, b, transposeB, k, bias, before, arrays.download(c, m * n));
  }

  /** Chosen for products too large for a test, so it is launched by hand. */
  @Test
  void theLargeTileDoesTheSame() {
    int m = 130;
    int n = 133;
    int k = 19;
    float[] a = DeviceArrays.random(random, m * k);
    float[] b = DeviceArrays.random(random, k * n);
    float[] bias = DeviceArrays.random(random, n);
    float[] before = DeviceArrays.random(random, m * n);
    DeviceAddress c = arrays.upload(before);

    queue.begin(device.module().kernel("gemm_tf32_128"));
    queue
        .address(arrays.upload(a).address())
        .address(arrays.upload(b).address())
        .address(c.address());
    queue.address(arrays.upload(bias).address()).address(0).address(0).address(0);
    queue.integer(1).integer(0).integer(m).integer(n).integer(k).integer(k).integer(n).integer(n);
    queue.flag(false).flag(false).number(0.5).number(2).run(2, 2, 1, 256);

    check(a, false, b, false, k, bias, before, arrays.download(c, m * n));
  }

  private static void check(
      float[] a,
      boolean transposeA,
      float[] b,
      boolean transposeB,
      int k,
      float[] bias,
      float[] before,
      float[] got) {
    int n = bias.length;
    int m = got.length / n;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double rounded = 0;
        double exact = 0;
        double size = 0;
        for (int p = 0; p < k; p++) {
          float left = a[transposeA ? p * m + i : i * k + p];
          float right = b[transposeB ? j * k + p : p * n + j];
          rounded += (double) round(left) * round(right);
          exact += (double) left * right;
          size += Math.abs((double) left * right);
        }
        double rest = bias[j] + 2.0 * before[i * n + j];
        assertThat((double) got[i * n + j])
            .as("element %d, %d", i, j)
            .isCloseTo(0.5 * rounded + rest, within(1e-6 * (1 + size)))
            // each operand is off by 2^-11 of itself at most
            .isCloseTo(0.5 * exact + rest, within(size * 0x1p-11 + 1e-6 * (1 + size)));
      }
    }
  }

  @Test
  void partsOfALongSumAddUpToIt() {
    int m = 33;
    int n = 40;
    int rows = 70;
    float[] a = DeviceArrays.random(random, rows * m);
    float[] b = DeviceArrays.random(random, rows * n);
    DeviceAddress parts = arrays.upload(new float[3 * m * n]);
    OwnGemm gemm = new OwnGemm(device, Tiling.BY_SHAPE, true);

    gemm.left(arrays.upload(a).address(), m, true)
        .right(arrays.upload(b).address(), n, false)
        .result(parts.address(), n);
    gemm.chunks(30, 3, (long) m * n).run(m, n, rows, 1, 0);

    float[] got = arrays.download(parts, 3 * m * n);
    for (int i = 0; i < m * n; i++) {
      double want = 0;
      for (int p = 0; p < rows; p++) {
        want += (double) round(a[p * m + i / n]) * round(b[p * n + i % n]);
      }
      assertThat((double) got[i] + got[m * n + i] + got[2 * m * n + i])
          .isCloseTo(want, within(1e-4));
    }
  }

  @Test
  void whatIsNotFiniteStaysSo() {
    float[] a = {Float.NaN, 1, Float.POSITIVE_INFINITY, 1, 3.4e38f, 0};
    DeviceAddress c = arrays.upload(new float[3]);

    new OwnGemm(device, Tiling.BY_SHAPE, true)
        .left(arrays.upload(a).address(), 2, false)
        .right(arrays.upload(new float[] {1, 1}).address(), 1, false)
        .result(c.address(), 1)
        .run(3, 1, 2, 1, 0);

    assertThat(arrays.download(c, 3)[0]).isNaN();
    assertThat(arrays.download(c, 3)[1]).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(arrays.download(c, 3)[2]).isBetween(3.39e38f, Float.MAX_VALUE);
  }

  @Test
  void theOrderOfThreadsChangesNothing() {
    DeviceAddress a = arrays.upload(DeviceArrays.random(random, 70 * 40));
    DeviceAddress b = arrays.upload(DeviceArrays.random(random, 70 * 40));
    DeviceAddress c = arrays.upload(new float[70 * 70]);
    OwnGemm gemm = new OwnGemm(device, Tiling.BY_SHAPE, true);
    List<float[]> results = new ArrayList<>();
    for (long seed : new long[] {0, 1, 20, 21}) {
      CpuTwin.seed(seed);
      gemm.left(a.address(), 40, false).right(b.address(), 40, true).result(c.address(), 70);
      gemm.run(70, 70, 40, 1, 0);
      results.add(arrays.download(c, 70 * 70));
    }

    assertThat(results).allSatisfy(result -> assertThat(result).isEqualTo(results.get(0)));
  }

  /** Ten bits of mantissa, ties away from zero: PTX's {@code cvt.rna.tf32.f32}. */
  private static float round(float x) {
    return Float.intBitsToFloat((Float.floatToRawIntBits(x) + 0x1000) & ~0x1fff);
  }
}
